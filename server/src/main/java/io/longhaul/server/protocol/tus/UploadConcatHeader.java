package io.longhaul.server.protocol.tus;

import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.protocol.http.HttpProblem;
import io.longhaul.server.protocol.http.HttpRequest;
import io.longhaul.server.protocol.http.SingleHeader;
import io.longhaul.server.protocol.http.UploadUrls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code Upload-Concat} of a request (tus 1.0.0, Upload-Concat). */
final class UploadConcatHeader {

    private static final String FINAL = "final;";

    private UploadConcatHeader() {}

    /** What the upload is to be; 400 when the value is neither partial nor a list of uploads. */
    static Concatenation of(HttpRequest request, UploadUrls urls) {
        Optional<String> value = SingleHeader.of(request, "Upload-Concat");
        if (value.isEmpty()) {
            return Concatenation.NONE;
        }
        if (value.get().equals("partial")) {
            return Concatenation.PARTIAL;
        }
        if (!value.get().startsWith(FINAL)) {
            throw HttpProblem.badRequest(
                    "invalid-concat", "Upload-Concat must be partial, or final; and URLs");
        }
        String list = value.get().substring(FINAL.length()).strip();
        return new Concatenation.Final(partials(list, urls, request.authority()), value.get());
    }

    private static List<UploadId> partials(String list, UploadUrls urls, String authority) {
        if (list.isEmpty()) {
            throw HttpProblem.badRequest(
                    "invalid-concat", "Upload-Concat names no partial uploads");
        }
        List<UploadId> partials = new ArrayList<>();
        for (String url : list.split(" +", -1)) {
            partials.add(
                    urls.named(url, authority)
                            .orElseThrow(
                                    () ->
                                            new UploadException.InvalidPartial(
                                                    "Upload-Concat names what is no upload here")));
        }
        return partials;
    }
}
