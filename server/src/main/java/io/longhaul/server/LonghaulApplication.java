package io.longhaul.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.ComponentScan;

/** The server's main class. */
@SpringBootConfiguration(proxyBeanMethods = false)
// Reading every class of the server to find these few takes a tenth of the start.
@ComponentScan(basePackages = "io.longhaul.server.app", resourcePattern = "*Configuration.class")
public final class LonghaulApplication {

    public static void main(String[] args) {
        StopSignals.install();
        SpringApplication.run(LonghaulApplication.class, args);
    }
}
