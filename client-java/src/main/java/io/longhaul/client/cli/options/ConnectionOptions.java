package io.longhaul.client.cli.options;

import io.longhaul.client.Credentials;
import io.longhaul.client.cli.http.WebClient;
import io.longhaul.client.cli.shell.CommandException;
import io.longhaul.client.cli.shell.ExitCode;
import io.longhaul.client.cli.shell.Shell;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How servers are reached, and as whom. No message names a secret. */
public final class ConnectionOptions {

    private static final String TOKEN = "LONGHAUL_TOKEN";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            converter = HeaderLine.Converter.class,
            description = "Sent with every request to the server. Repeatable.")
    private List<HeaderLine> headers = new ArrayList<>();

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "Bearer token. Others on this machine can see it: better set LONGHAUL_TOKEN,"
                            + " or give --token-file.")
    private @Nullable String token;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the bearer token; read again for every request.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--proxy",
            paramLabel = "HOST:PORT",
            description = "HTTP proxy, or 'none'. Default: https_proxy, http_proxy and no_proxy.")
    private @Nullable String proxy;

    @Option(
            names = "--stall-timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = TimeSpanConverter.class,
            description =
                    "A request without a byte moving for so long is given up and tried again."
                            + " Default: ${DEFAULT-VALUE}.")
    private Duration stallTimeout = Duration.ofSeconds(30);

    public Map<String, String> headers() {
        var all = new LinkedHashMap<String, String>();
        headers.forEach(header -> all.put(header.name(), header.value()));
        return all;
    }

    /** Whether requests will carry something secret. */
    public boolean hasCredentials(Shell shell) {
        return !headers.isEmpty() || tokenSource(shell).isPresent();
    }

    public Credentials credentials(Shell shell) {
        return tokenSource(shell).map(Credentials::bearer).orElseGet(Credentials::none);
    }

    public Duration stallTimeout() {
        if (stallTimeout.isZero()) {
            throw CommandException.usage("--stall-timeout must be more than zero");
        }
        return stallTimeout;
    }

    /** A client that follows no redirects and does not wait for ever to be connected. */
    public HttpClient httpClient(Shell shell) {
        return HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(ProxyChoice.of(Optional.ofNullable(proxy), shell))
                .build();
    }

    private Optional<Supplier<String>> tokenSource(Shell shell) {
        Path file = tokenFile;
        if (file != null) {
            return Optional.of(() -> checked(read(file), "--token-file"));
        }
        if (token != null) {
            String given = checked(token, "--token");
            return Optional.of(() -> given);
        }
        return shell.variable(TOKEN).map(value -> checked(value, TOKEN)).map(value -> () -> value);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.CREDENTIALS, "the token file " + file + " cannot be read", e);
        }
    }

    private static String checked(String token, String origin) {
        String value = token.strip();
        if (value.isEmpty() || !HeaderLine.isFieldValue(value) || value.contains(" ")) {
            throw CommandException.usage(origin + " has no token: visible ASCII without spaces");
        }
        return value;
    }

    /** A client for single requests. */
    public WebClient webClient(Shell shell) {
        Map<String, String> given = headers();
        Credentials credentials = credentials(shell);
        return new WebClient(
                httpClient(shell), url -> identity(given, credentials, url), stallTimeout());
    }

    private static Map<String, String> identity(
            Map<String, String> given, Credentials credentials, URI target) {
        var all = new LinkedHashMap<String, String>(given);
        all.putAll(credentials.headers(target, false));
        return all;
    }
}
