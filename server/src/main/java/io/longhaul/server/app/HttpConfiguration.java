package io.longhaul.server.app;

import io.longhaul.server.core.event.UploadListeners;
import io.longhaul.server.core.service.Uploads;
import io.longhaul.server.protocol.http.UploadUrls;
import io.longhaul.server.protocol.tus.TusProtocol;
import io.longhaul.server.web.CrossOriginSettings;
import io.longhaul.server.web.HolderHandler;
import io.longhaul.server.web.HttpServerCustomizer;
import io.longhaul.server.web.UploadHandler;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Handler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The protocols on the HTTP server. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    @Bean
    UploadHandler uploadHandler(
            Uploads uploads, UploadListeners listeners, LonghaulProperties properties) {
        TusProtocol tus = new TusProtocol(uploads, new UploadUrls(properties.publicUrl()));
        return new UploadHandler(
                uploads,
                tus,
                listeners,
                crossOrigin(properties.cors()),
                properties.http().minimumRate().toBytes());
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> uploadServer(
            UploadHandler uploads,
            ObjectProvider<HolderHandler> holders,
            LonghaulProperties properties) {
        LonghaulProperties.Http http = properties.http();
        List<Handler.Wrapper> handlers =
                Stream.<Handler.Wrapper>concat(Stream.of(uploads), holders.stream()).toList();
        return factory ->
                factory.addServerCustomizers(
                        new HttpServerCustomizer(handlers, http.readIdleTimeout(), http::trusts));
    }

    private static CrossOriginSettings crossOrigin(LonghaulProperties.Cors cors) {
        return new CrossOriginSettings(
                cors.enabled(),
                cors.allowedOrigins(),
                cors.allowedOriginPatterns(),
                cors.allowCredentials(),
                cors.allowedHeaders(),
                cors.maxAge());
    }
}
