package io.longhaul.server.app;

import io.longhaul.server.app.UnknownSettingsException.Unknown;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses environment variables and system properties that look like the server's settings and are
 * none. Spring refuses such keys in files and on the command line only.
 */
final class UnknownSettingsCheck implements BeanFactoryPostProcessor {

    // Kubernetes gives these to every container when there is a service of that name.
    private static final Pattern SERVICE_LINK =
            Pattern.compile(
                    "LONGHAUL_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_\\w+)?)?)");

    private final ConfigurableEnvironment environment;

    UnknownSettingsCheck(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        List<Unknown> unknown =
                Stream.concat(
                                unknown(
                                        names(
                                                StandardEnvironment
                                                        .SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME),
                                        name -> !isVariable(name),
                                        "an environment variable"),
                                unknown(
                                        names(
                                                StandardEnvironment
                                                        .SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME),
                                        name -> !isProperty(name),
                                        "a system property"))
                        .toList();
        if (!unknown.isEmpty()) {
            throw new UnknownSettingsException(unknown);
        }
    }

    private Collection<String> names(String sourceName) {
        var source = environment.getPropertySources().get(sourceName);
        return source instanceof EnumerablePropertySource<?> listed
                ? List.of(listed.getPropertyNames())
                : List.of();
    }

    private static Stream<Unknown> unknown(
            Collection<String> names, Predicate<String> refused, String place) {
        return names.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).matches("longhaul[_.].*"))
                .filter(refused)
                .sorted()
                .map(name -> new Unknown(name, place));
    }

    private static boolean isVariable(String name) {
        String upper = name.toUpperCase(Locale.ROOT).replaceFirst("_\\d+_?$", "");
        return isProperty(name)
                || SERVICE_LINK.matcher(name).matches()
                || SettingKeys.all().stream()
                        .map(key -> key.toUpperCase(Locale.ROOT).replace('.', '_'))
                        .anyMatch(
                                key ->
                                        key.replace("-", "").equals(upper)
                                                || key.replace('-', '_').equals(upper));
    }

    private static boolean isProperty(String name) {
        return SettingKeys.all().stream()
                .anyMatch(key -> plain(key).equals(plain(name.replaceFirst("\\[\\d+]$", ""))));
    }

    // Spring reads data-dir, dataDir and DATA-DIR as the same name.
    private static String plain(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
