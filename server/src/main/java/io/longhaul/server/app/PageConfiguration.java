package io.longhaul.server.app;

import io.longhaul.server.web.ErrorPath;
import io.longhaul.server.web.PageHeaders;
import io.longhaul.server.web.PageResources;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The page that the server shows to browsers. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

    @Bean
    PageResources pageResources() {
        return new PageResources();
    }

    @Bean
    PageHeaders pageHeaders() {
        return new PageHeaders();
    }

    @Bean
    ErrorPath errorPath() {
        return new ErrorPath();
    }
}
