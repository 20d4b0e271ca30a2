package io.longhaul.server.catalog.s3;

import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.catalog.UploadCatalogContract;
import io.longhaul.server.s3.S3Mode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract in an S3 store. */
@Timeout(60)
@ParameterizedClass
@EnumSource(S3Mode.class)
final class S3UploadCatalogTests extends UploadCatalogContract {

    private final Nodes nodes;

    S3UploadCatalogTests(S3Mode mode) throws IOException {
        nodes = new Nodes(mode);
    }

    @Override
    protected UploadCatalog open() {
        return nodes.open();
    }

    @AfterEach
    void close() {
        nodes.close();
    }
}
