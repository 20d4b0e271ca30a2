package io.longhaul.server.app;

import io.longhaul.server.app.UnknownSettingsException.Unknown;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.util.unit.DataSize;

/** Says which setting is unknown or has a bad value, where it stands, and what is allowed. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingFailureAnalyzer implements FailureAnalyzer {

    private static final String PORT = "server.port";
    private static final String WHOLE_NUMBER = "a whole number";
    private static final Map<Class<?>, String> EXPECTED =
            Map.of(
                    Duration.class, "a duration such as 30s, 15m, 12h or 7d",
                    DataSize.class, "a size in bytes or with a unit, such as 16MB, 2GB or 5TB",
                    AddressRange.class,
                            "IP addresses or CIDR blocks such as 192.0.2.7 or 10.0.0.0/8",
                    URI.class, "a URL such as https://uploads.example.org",
                    InetAddress.class, "an IP address or a host name of this machine",
                    Boolean.class, "true or false",
                    boolean.class, "true or false",
                    Integer.class, WHOLE_NUMBER,
                    int.class, WHOLE_NUMBER);

    private final Environment environment;

    SettingFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .sorted(
                        (one, other) ->
                                Boolean.compare(
                                        one instanceof BindException,
                                        other instanceof BindException))
                .map(this::analysis)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    private Optional<FailureAnalysis> analysis(Throwable cause) {
        return switch (cause) {
            case UnknownSettingsException e -> Optional.of(unknown(e.unknown(), e));
            case UnboundConfigurationPropertiesException e -> Optional.of(unknown(places(e), e));
            case InvalidSettingException e -> Optional.of(invalid(e));
            case InvalidConfigurationPropertyValueException e when e.getName().equals(PORT) ->
                    Optional.of(invalidPort());
            case IllegalArgumentException e
                    when String.valueOf(e.getMessage()).startsWith("port out of range") ->
                    Optional.of(invalidPort());
            case BindException e -> unreadable(e);
            default -> Optional.empty();
        };
    }

    private static FailureAnalysis unknown(Collection<Unknown> unknown, Throwable cause) {
        return new FailureAnalysis(
                lines(unknown, SettingFailureAnalyzer::problem),
                lines(unknown, SettingFailureAnalyzer::remedy),
                cause);
    }

    private static String lines(Collection<Unknown> unknown, Function<Unknown, String> sentence) {
        return unknown.stream().map(sentence).collect(Collectors.joining(System.lineSeparator()));
    }

    // Spring takes a setting without a value for an unknown one.
    private static boolean exists(Unknown unknown) {
        return SettingKeys.all().contains(unknown.name());
    }

    private static String problem(Unknown unknown) {
        return (exists(unknown)
                        ? "The setting %s has no value (%s)."
                        : "There is no setting %s (%s).")
                .formatted(unknown.name(), unknown.place());
    }

    private static String remedy(Unknown unknown) {
        if (exists(unknown)) {
            return "Give %s a value or remove it.".formatted(unknown.name());
        }
        return SettingKeys.closest(unknown.name())
                .map(
                        key ->
                                "Did you mean %s? Correct %s or remove it."
                                        .formatted(key, unknown.name()))
                .orElse(
                        "Remove %s; the settings are %s."
                                .formatted(unknown.name(), String.join(", ", SettingKeys.all())));
    }

    private static List<Unknown> places(UnboundConfigurationPropertiesException e) {
        return e.getUnboundProperties().stream()
                .map(each -> new Unknown(each.getName().toString(), place(each.getOrigin())))
                .toList();
    }

    private FailureAnalysis invalidPort() {
        return invalid(new InvalidSettingException(PORT, "a number from 0 to 65535"));
    }

    private FailureAnalysis invalid(InvalidSettingException e) {
        String value =
                Binder.get(environment)
                        .bind(e.key(), Bindable.listOf(String.class))
                        .map(values -> " '%s'".formatted(String.join(",", values)))
                        .orElse("");
        String place = origin(e.key()).map(at -> " (%s)".formatted(place(at))).orElse("");
        return new FailureAnalysis(
                "The setting %s has the value%s%s, which cannot be used."
                        .formatted(e.key(), value, place),
                "It must be %s.".formatted(e.getMessage()),
                e);
    }

    private Optional<Origin> origin(String key) {
        return Stream.of(key, key + "[0]")
                .map(ConfigurationPropertyName::of)
                .flatMap(
                        name ->
                                StreamSupport.stream(
                                                ConfigurationPropertySources.get(environment)
                                                        .spliterator(),
                                                false)
                                        .map(source -> source.getConfigurationProperty(name)))
                .filter(Objects::nonNull)
                .map(ConfigurationProperty::getOrigin)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Optional<FailureAnalysis> unreadable(BindException e) {
        ConfigurationProperty property = e.getProperty();
        String expected = expected(e.getTarget().getType());
        if (property == null || expected == null) {
            return Optional.empty();
        }
        return Optional.of(
                new FailureAnalysis(
                        "The setting %s has the value '%s' (%s), which cannot be read."
                                .formatted(
                                        property.getName(),
                                        property.getValue(),
                                        place(property.getOrigin())),
                        "It must be %s.".formatted(expected),
                        e));
    }

    private static @Nullable String expected(ResolvableType target) {
        Class<?> type = target.resolve(Object.class);
        if (Collection.class.isAssignableFrom(type)) {
            return expected(target.asCollection().getGeneric());
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(each -> each.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(" or "));
        }
        return EXPECTED.get(type);
    }

    private static String place(@Nullable Origin origin) {
        return switch (origin) {
            case null -> "of unknown origin";
            case TextResourceOrigin text when text.getLocation() != null ->
                    "in %s, line %d"
                            .formatted(file(text.getResource()), text.getLocation().getLine() + 1);
            case SystemEnvironmentOrigin variable ->
                    "in the environment variable " + variable.getProperty();
            case PropertySourceOrigin source when source.getOrigin() != null ->
                    place(source.getOrigin());
            case PropertySourceOrigin source
                    when source.getPropertySource() instanceof CommandLinePropertySource ->
                    "on the command line";
            default -> "in " + origin;
        };
    }

    private static String file(@Nullable Resource resource) {
        try {
            return resource == null || !resource.isFile()
                    ? String.valueOf(resource)
                    : resource.getFile().getPath();
        } catch (IOException _) { // its description still tells where it is
            return String.valueOf(resource);
        }
    }
}
