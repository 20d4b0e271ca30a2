package io.longhaul.server.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of an object or a part, which can be read again when they have to be sent again. */
public interface S3Body {

    /** How many bytes there are. */
    long length();

    /** Opens them from the first one. */
    InputStream open() throws IOException;

    /** Bytes in memory, which nobody changes. */
    static S3Body of(byte[] bytes) {
        return new S3Body() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }
}
