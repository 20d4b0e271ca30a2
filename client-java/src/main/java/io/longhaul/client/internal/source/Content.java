package io.longhaul.client.internal.source;

import io.longhaul.client.UploadSource;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** A source, as the engine sees it. */
public interface Content extends UploadSource {

    /**
     * Names these bytes: the same bytes of the same place later have the same. Empty when they
     * cannot be found again. May read.
     *
     * @throws io.longhaul.client.SourceChangedException if it is another than at the first call
     */
    Optional<String> fingerprint() throws IOException;

    /** What helps people to recognise the source: {@code path}, or nothing. */
    Map<String, String> notes();

    /**
     * Opens the bytes; several may be open when they are seekable.
     *
     * @param mapped whether buffers may be mapped files
     */
    OpenContent open(boolean mapped) throws IOException;

    /** Frees what the source itself holds, when the upload has ended. */
    void release() throws IOException;
}
