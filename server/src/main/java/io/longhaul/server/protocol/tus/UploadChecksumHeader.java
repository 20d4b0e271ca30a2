package io.longhaul.server.protocol.tus;

import io.longhaul.server.core.service.Verification;
import io.longhaul.server.core.upload.Digest;
import io.longhaul.server.core.upload.DigestAlgorithm;
import io.longhaul.server.protocol.http.HttpProblem;
import io.longhaul.server.protocol.http.HttpRequest;
import io.longhaul.server.protocol.http.SingleHeader;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code Upload-Checksum} of a request, as a header or as a trailer (tus 1.0.0, Checksum). */
final class UploadChecksumHeader implements Verification {

    private static final String NAME = "Upload-Checksum";

    private final HttpRequest request;
    private final Optional<Digest> header;
    private final boolean announced;

    private UploadChecksumHeader(HttpRequest request, Optional<Digest> header, boolean announced) {
        this.request = request;
        this.header = header;
        this.announced = announced;
    }

    /** Reads the header, and whether a trailer is announced; 400 when it is no checksum. */
    static Verification of(HttpRequest request) {
        return new UploadChecksumHeader(
                request,
                SingleHeader.of(request, NAME).map(UploadChecksumHeader::parse),
                announced(request));
    }

    @Override
    public boolean pending() {
        return announced || header.isPresent();
    }

    @Override
    public Optional<Digest> atStart() {
        return header;
    }

    @Override
    public Optional<Digest> atEnd() {
        Optional<Digest> trailer =
                SingleHeader.ofTrailer(request, NAME).map(UploadChecksumHeader::parse);
        if (announced && trailer.isEmpty()) {
            throw HttpProblem.badRequest(
                    "missing-checksum", "the announced trailer Upload-Checksum did not come");
        }
        if (header.isPresent() && trailer.isPresent()) {
            throw HttpProblem.badRequest(
                    "repeated-header", "Upload-Checksum came as a header and as a trailer");
        }
        if (!announced && trailer.isPresent()) {
            throw HttpProblem.badRequest(
                    "unannounced-checksum",
                    "an Upload-Checksum trailer has to be announced before the bytes, by the header"
                            + " Trailer: Upload-Checksum");
        }
        return header.or(() -> trailer);
    }

    private static boolean announced(HttpRequest request) {
        return request.headers("Trailer").stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .anyMatch(name -> name.strip().equalsIgnoreCase(NAME));
    }

    private static Digest parse(String value) {
        int space = value.indexOf(' ');
        if (space < 0) {
            throw invalid("it must be an algorithm, a space and a Base64 value");
        }
        DigestAlgorithm algorithm =
                DigestAlgorithm.named(value.substring(0, space))
                        .orElseThrow(UploadChecksumHeader::unsupported);
        try {
            return new Digest(
                    algorithm, Base64.getDecoder().decode(value.substring(space + 1).strip()));
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT));
        }
    }

    private static HttpProblem invalid(String reason) {
        return HttpProblem.badRequest(
                "invalid-checksum", "Upload-Checksum is not valid: " + reason);
    }

    private static HttpProblem unsupported() {
        return HttpProblem.badRequest(
                "unsupported-checksum-algorithm",
                Arrays.stream(DigestAlgorithm.values())
                        .map(DigestAlgorithm::token)
                        .collect(
                                Collectors.joining(
                                        ", ", "Upload-Checksum's algorithm must be one of ", "")));
    }
}
