package io.longhaul.server.catalog.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native code. Each start unpacks it into the directory for temporary files and compares
 * it with the original, unless the system property {@value #PLACE} names where it is.
 */
public final class SqliteLibrary {

    /** Names the directory that has the native code; when it is not there it is unpacked. */
    public static final String PLACE = "org.sqlite.lib.path";

    private SqliteLibrary() {}

    /**
     * Unpacks what this machine needs into a directory that is there.
     *
     * @return the file
     */
    public static Path unpack(Path directory) throws IOException {
        String name = LibraryLoaderUtil.getNativeLibName();
        String packed = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        Path file = directory.resolve(name);
        try (InputStream library =
                Objects.requireNonNull(LibraryLoaderUtil.class.getResourceAsStream(packed))) {
            Files.copy(library, file);
        }
        return file;
    }
}
