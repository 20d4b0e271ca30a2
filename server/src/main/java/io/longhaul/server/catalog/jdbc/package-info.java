/** Upload records in a database, by JDBC: the embedded SQLite, or PostgreSQL. */
@NullMarked
package io.longhaul.server.catalog.jdbc;

import org.jspecify.annotations.NullMarked;
