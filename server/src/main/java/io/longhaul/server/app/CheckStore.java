package io.longhaul.server.app;

import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.check.S3StoreCheck;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The command {@code longhaul-server --check-store}: what the configured S3 store can do. */
public final class CheckStore {

    private static final String OPTION = "--check-store";

    private CheckStore() {}

    public static void main(String[] args) {
        System.exit(run(System.out, args));
    }

    /**
     * Checks the store and prints what it finds.
     *
     * @param args as for the server, with its settings
     * @return the exit status: 0 when the store is enough for the settings, else 1
     */
    static int run(PrintStream out, String... args) {
        LonghaulProperties settings = settings(args);
        if (settings.content() != LonghaulProperties.Content.S3) {
            out.println("There is no store to check: longhaul.content is disk.");
            out.println("Set longhaul.content=s3 and longhaul.s3.*, as for the server.");
            return 1;
        }
        try (S3Bucket bucket = new S3Bucket(settings.s3().address())) {
            boolean enough =
                    switch (new S3StoreCheck(bucket, settings.expiry()).run(out)) {
                        case FOR_ALL -> true;
                        case FOR_CONTENT ->
                                settings.catalog() == LonghaulProperties.Catalog.POSTGRESQL;
                        case FOR_NOTHING -> false;
                    };
            return enough ? 0 : 1;
        }
    }

    private static LonghaulProperties settings(String... args) {
        SpringApplication application = new SpringApplication(Settings.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(Map.of("logging.level.root", "warn"));
        String[] others =
                Arrays.stream(args).filter(arg -> !arg.equals(OPTION)).toArray(String[]::new);
        try (ConfigurableApplicationContext context = application.run(others)) {
            return context.getBean(LonghaulProperties.class);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(LonghaulProperties.class)
    static class Settings {}
}
