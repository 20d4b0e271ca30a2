package io.longhaul.server.catalog.jdbc;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** The disk that a catalog is on. */
interface DiskSpace {

    /** How many bytes can still be written. */
    long usable() throws IOException;

    /** The disk of a directory that is there. */
    static DiskSpace of(Path directory) throws IOException {
        FileStore disk = Files.getFileStore(directory);
        return disk::getUsableSpace;
    }
}
