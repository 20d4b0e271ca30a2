package io.longhaul.server.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The bytes of an answer. The SDK would read them all when it is closed before their end. */
final class S3Download extends FilterInputStream {

    private final ResponseInputStream<GetObjectResponse> answer;
    private long left;

    S3Download(ResponseInputStream<GetObjectResponse> answer, long length) {
        super(answer);
        this.answer = answer;
        left = length;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        left -= read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        int read = super.read(target, offset, count);
        left -= Math.max(0, read);
        return read;
    }

    @Override
    public void close() throws IOException {
        if (left > 0) {
            answer.abort();
        } else {
            super.close();
        }
    }
}
