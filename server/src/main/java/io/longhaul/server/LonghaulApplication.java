package io.longhaul.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The server's main class. */
@SpringBootApplication
public class LonghaulApplication {

    public static void main(String[] args) {
        StopSignals.install();
        SpringApplication.run(LonghaulApplication.class, args);
    }
}
