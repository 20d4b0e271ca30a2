/** Uploads files of any size to any tus server, over any network. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.longhaul.client {
    requires transitive java.net.http;
    // Its name comes from the name of its jar: tus-java-client has no module descriptor.
    requires transitive tus.java.client;
    requires static transitive org.jspecify;

    // The command only, which is a jar of its own.
    requires static info.picocli;
    requires static jdk.management;
    requires static tools.jackson.core;

    exports io.longhaul.client;
}
