package io.longhaul.client.cli.doctor;

import java.io.IOException;

/** Looks at one thing. */
interface Check {

    String name();

    /**
     * Looks.
     *
     * @throws IOException if a request fails that the check does not expect to fail
     */
    Finding run(Patient patient) throws IOException;
}
