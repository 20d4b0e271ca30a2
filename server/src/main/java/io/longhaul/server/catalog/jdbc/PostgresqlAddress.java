package io.longhaul.server.catalog.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL server is, and who connects.
 *
 * @param url of JDBC, such as {@code jdbc:postgresql://db.example.org/longhaul}
 * @param username null for the one in the URL, or that of the process
 * @param password null for the one in the URL, or for none
 * @param connections how many may be open at once
 */
public record PostgresqlAddress(
        String url, @Nullable String username, @Nullable String password, int connections) {

    /** The URL without its parameters, which may have a password. */
    @Override
    public String toString() {
        return url.replaceFirst("\\?.*", "");
    }
}
