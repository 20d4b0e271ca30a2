package io.longhaul.server.web;

import io.longhaul.server.core.service.UploadBody;
import io.longhaul.server.protocol.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/** A Jetty request as the protocols see it. */
final class JettyHttpRequest implements HttpRequest {

    private final Request request;
    private final JettyBody body;

    JettyHttpRequest(Request request, JettyBody body) {
        this.request = request;
        this.body = body;
    }

    /**
     * {@code X-HTTP-Method-Override} counts when it is there (tus 1.0.0); several of them are a
     * list, which is no method.
     */
    @Override
    public String method() {
        List<String> override = headers("X-HTTP-Method-Override");
        return override.isEmpty()
                ? request.getMethod()
                : String.join(", ", override).toUpperCase(Locale.ROOT);
    }

    @Override
    public String path() {
        return Optional.ofNullable(request.getHttpURI().getPath()).orElse("");
    }

    @Override
    public String authority() {
        return Optional.ofNullable(request.getHttpURI().getAuthority()).orElse("");
    }

    @Override
    public List<String> headers(String name) {
        return values(request.getHeaders(), name);
    }

    @Override
    public List<String> trailers(String name) {
        return values(body.trailers(), name);
    }

    @Override
    public UploadBody body() {
        return body;
    }

    private static List<String> values(HttpFields fields, String name) {
        List<String> values = new ArrayList<>(1);
        for (HttpField field : fields) {
            if (field.is(name)) {
                values.add(field.getValue() == null ? "" : field.getValue());
            }
        }
        return values;
    }
}
