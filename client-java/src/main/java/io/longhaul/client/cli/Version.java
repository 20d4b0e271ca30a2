package io.longhaul.client.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this jar, and of the Java that runs it. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Longhaul.class.getPackage().getImplementationVersion();
        return new String[] {
            "longhaul "
                    + (version == null ? "(not packaged)" : version)
                    + " (Java "
                    + System.getProperty("java.version")
                    + ")"
        };
    }
}
