package io.longhaul.client.cli.doctor;

import io.longhaul.client.cli.shell.ByteCount;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/** What the server says it can do (tus 1.0.0, OPTIONS). */
final class OptionsCheck implements Check {

    @Override
    public String name() {
        return "options";
    }

    @Override
    public Finding run(Patient patient) throws IOException {
        HttpResponse<String> answer = patient.client().tus("OPTIONS", patient.endpoint());
        HttpHeaders headers = answer.headers();
        String version = headers.firstValue("Tus-Version").orElse("");
        if (answer.statusCode() / 100 != 2 || version.isEmpty()) {
            return Finding.warn(
                    name(),
                    "answered "
                            + answer.statusCode()
                            + (version.isEmpty() ? " without Tus-Version" : ""),
                    "A proxy may answer OPTIONS itself: let it through, for clients that ask"
                            + " what the server can do. Or the URL is not that of a tus endpoint.");
        }
        String extensions = headers.firstValue("Tus-Extension").orElse("");
        patient.offers(extensions);
        String seen =
                "tus " + version + ", extensions " + (extensions.isEmpty() ? "none" : extensions);
        seen +=
                headers.firstValue("Tus-Max-Size")
                        .filter(size -> size.matches("[0-9]{1,18}"))
                        .map(size -> ", at most " + ByteCount.format(Long.parseLong(size)))
                        .orElse(", any length");
        seen +=
                headers.firstValue("Tus-Checksum-Algorithm")
                        .map(names -> ", checksums " + names)
                        .orElse("");
        return version.matches("(.*,)?\\s*1\\.0\\.0\\s*(,.*)?")
                ? Finding.ok(name(), seen)
                : Finding.fail(name(), seen, "The server does not speak tus 1.0.0.");
    }
}
