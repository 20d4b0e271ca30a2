package io.longhaul.server.catalog.s3;

import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.catalog.UploadCatalogContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** The contract in an S3 store. */
@Timeout(60)
final class S3UploadCatalogTests extends UploadCatalogContract {

    private final Nodes nodes;

    S3UploadCatalogTests() throws IOException {
        nodes = new Nodes();
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
