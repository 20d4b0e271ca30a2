package io.longhaul.server.app;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.longhaul.server.app.UnknownSettingsException.Unknown;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class UnknownSettingsCheckTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LONGHAUL_DATADIR",
                "LONGHAUL_DATA_DIR",
                "LONGHAUL_HTTP_READIDLETIMEOUT",
                "LONGHAUL_HTTP_TRUSTEDPROXIES_0_",
                "LONGHAUL_CORS_ALLOWEDORIGINS_1",
                "longhaul.data-dir",
                "LONGHAULER_HOME",
                "PATH"
            })
    void acceptsEnvironmentVariablesOfSettingsAndOfOthers(String name) {
        assertThatNoException().isThrownBy(() -> check(Map.of(name, "x"), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LONGHAUL_SERVICE_HOST",
                "LONGHAUL_SERVICE_PORT",
                "LONGHAUL_SERVICE_PORT_HTTP",
                "LONGHAUL_PORT",
                "LONGHAUL_PORT_8080_TCP",
                "LONGHAUL_PORT_8080_TCP_ADDR"
            })
    void acceptsWhatKubernetesAddsForAServiceOfThatName(String name) {
        assertThatNoException().isThrownBy(() -> check(Map.of(name, "x"), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LONGHAUL_DATADRI",
                "LONGHAUL_DATADI_R",
                "longhaul_expiri",
                "LONGHAUL_HTTP",
                "longhaul.unknown"
            })
    void refusesOtherEnvironmentVariables(String name) {
        assertRefused(Map.of(name, "x"), Map.of(), new Unknown(name, "an environment variable"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"longhaul.data-dir", "longhaul.dataDir", "longhaul.http.trusted-proxies[0]"})
    void acceptsSystemPropertiesOfSettings(String name) {
        assertThatNoException().isThrownBy(() -> check(Map.of(), Map.of(name, "x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"longhaul.data-dri", "longhaul.http.unknown"})
    void refusesOtherSystemProperties(String name) {
        assertRefused(Map.of(), Map.of(name, "x"), new Unknown(name, "a system property"));
    }

    private static void assertRefused(
            Map<String, Object> variables, Map<String, Object> properties, Unknown refused) {
        assertThatExceptionOfType(UnknownSettingsException.class)
                .isThrownBy(() -> check(variables, properties))
                .extracting(
                        UnknownSettingsException::unknown,
                        InstanceOfAssertFactories.list(Unknown.class))
                .containsExactly(refused);
    }

    private static void check(Map<String, Object> variables, Map<String, Object> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.replace(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        sources.replace(
                StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
                new MapPropertySource(
                        StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, properties));
        new UnknownSettingsCheck(environment)
                .postProcessBeanFactory(new DefaultListableBeanFactory());
    }
}
