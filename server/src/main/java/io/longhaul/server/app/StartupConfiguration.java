package io.longhaul.server.app;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** The settings, the data directory and what is said about them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LonghaulProperties.class)
class StartupConfiguration {

    @Bean
    static UnknownSettingsCheck unknownSettingsCheck(ConfigurableEnvironment environment) {
        return new UnknownSettingsCheck(environment);
    }

    /** Found by its name. */
    @Bean
    PlainMessages messageSource() {
        return new PlainMessages();
    }

    @Bean
    StartupReport startupReport(
            LonghaulProperties properties,
            StoreLocation location,
            ObjectProvider<BuildProperties> build) {
        return new StartupReport(properties, location, build.getIfAvailable());
    }
}
