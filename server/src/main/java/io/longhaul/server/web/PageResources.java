package io.longhaul.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;
import org.springframework.web.servlet.resource.PathResourceResolver;

/**
 * The files of the page; Spring Boot shows its {@code index.html} at {@code /}. What has a hash of
 * its content in its name is kept for ever by browsers; all else, above all the service worker's
 * script, is asked for again each time.
 */
public final class PageResources implements WebMvcConfigurer {

    private static final String LOCATION = "classpath:/META-INF/resources/";
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        compressed(registry.addResourceHandler("/assets/**"), "assets/", FOR_EVER);
        compressed(registry.addResourceHandler("/**"), "", CacheControl.noCache());
    }

    /** Files whose compressed forms lie beside them. The jar's dates say nothing: digests do. */
    private static void compressed(
            ResourceHandlerRegistration files, String directory, CacheControl caching) {
        files.addResourceLocations(LOCATION + directory)
                .setCacheControl(caching)
                .setUseLastModified(false)
                .setEtagGenerator(PageResources::etag)
                .resourceChain(true)
                .addResolver(new EncodedResourceResolver())
                .addResolver(new PathResourceResolver());
    }

    private static String etag(Resource resource) {
        try (InputStream content = resource.getInputStream()) {
            return DigestUtils.md5DigestAsHex(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
