package io.longhaul.client.cli.options;

import io.longhaul.client.cli.shell.CommandException;
import io.longhaul.client.cli.shell.Shell;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which proxy a request goes through, as other commands choose it: option, then environment. */
final class ProxyChoice extends ProxySelector {

    private final Optional<Proxy> http;
    private final Optional<Proxy> https;
    private final List<String> exceptions;

    private ProxyChoice(Optional<Proxy> http, Optional<Proxy> https, List<String> exceptions) {
        this.http = http;
        this.https = https;
        this.exceptions = exceptions;
    }

    static ProxySelector of(Optional<String> option, Shell shell) {
        if (option.isPresent()) {
            Optional<Proxy> proxy =
                    option.filter(text -> !text.equals("none")).map(ProxyChoice::parse);
            return new ProxyChoice(proxy, proxy, List.of());
        }
        return new ProxyChoice(
                shell.variable("http_proxy").map(ProxyChoice::parse),
                either(shell, "https_proxy").map(ProxyChoice::parse),
                Arrays.stream(either(shell, "no_proxy").orElse("").split(",", -1))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .toList());
    }

    @Override
    public List<Proxy> select(URI target) {
        String host = String.valueOf(target.getHost());
        boolean direct = exceptions.stream().anyMatch(exception -> matches(host, exception));
        Optional<Proxy> proxy = "https".equals(target.getScheme()) ? https : http;
        return List.of(direct ? Proxy.NO_PROXY : proxy.orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI target, SocketAddress proxy, IOException failure) {
        // The request fails with it.
    }

    private static boolean matches(String host, String exception) {
        String name = exception.startsWith(".") ? exception.substring(1) : exception;
        return name.equals("*") || host.equals(name) || host.endsWith("." + name);
    }

    /** HTTP_PROXY in capitals is not read, as by curl: in a CGI script a client can set it. */
    private static Optional<String> either(Shell shell, String name) {
        return shell.variable(name).or(() -> shell.variable(name.toUpperCase(Locale.ROOT)));
    }

    private static Proxy parse(String text) {
        try {
            URI url = URI.create(text.contains("://") ? text : "http://" + text);
            boolean usable = "http".equals(url.getScheme()) && url.getHost() != null;
            if (usable && url.getUserInfo() == null) {
                int port = url.getPort() < 0 ? 80 : url.getPort();
                return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(url.getHost(), port));
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the text: it may hold a password.
        }
        throw CommandException.usage(
                "the proxy is not HOST:PORT of an HTTP proxy without a password");
    }
}
