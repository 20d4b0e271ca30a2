package io.longhaul.server.app;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * One IP address or a block of them in CIDR form, such as {@code 10.0.0.0/8} or {@code ::1}. Names
 * are not looked up.
 *
 * @param prefix how many leading bits an address must share with the network
 */
public record AddressRange(InetAddress network, int prefix) {

    private static final String EXPECTED =
            "IP addresses or CIDR blocks such as 192.0.2.7 or 10.0.0.0/8";

    public AddressRange {
        if (prefix < 0 || prefix > network.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException(EXPECTED);
        }
    }

    /**
     * Reads an address or a block.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static AddressRange of(String text) {
        try {
            int slash = text.indexOf('/');
            if (slash < 0) {
                InetAddress address = InetAddress.ofLiteral(text);
                return new AddressRange(address, address.getAddress().length * Byte.SIZE);
            }
            return new AddressRange(
                    InetAddress.ofLiteral(text.substring(0, slash)),
                    prefix(text.substring(slash + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(EXPECTED, e);
        }
    }

    /** Without a sign, and in ASCII digits only. */
    private static int prefix(String digits) {
        if (!digits.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException(EXPECTED);
        }
        return Integer.parseInt(digits);
    }

    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        int whole = prefix / Byte.SIZE;
        if (ours.length != theirs.length || !Arrays.equals(ours, 0, whole, theirs, 0, whole)) {
            return false;
        }
        int rest = prefix % Byte.SIZE;
        return rest == 0 || ((ours[whole] ^ theirs[whole]) & 0xff) >> (Byte.SIZE - rest) == 0;
    }
}
