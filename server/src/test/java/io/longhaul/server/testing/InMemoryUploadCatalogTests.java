package io.longhaul.server.testing;

import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.catalog.UploadCatalogContract;

final class InMemoryUploadCatalogTests extends UploadCatalogContract {

    @Override
    protected UploadCatalog open() {
        return new InMemoryUploadCatalog();
    }
}
