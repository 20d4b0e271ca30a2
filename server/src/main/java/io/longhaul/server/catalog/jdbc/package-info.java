/** Upload records in a database, by JDBC; SQLite is the embedded one. */
@NullMarked
package io.longhaul.server.catalog.jdbc;

import org.jspecify.annotations.NullMarked;
