package dev.ganger.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** HOST:PORT; an IPv6 host stands in brackets. */
public record Address(String host, int port) {
    public static final int DEFAULT_PORT = 7411;

    /** Without a port: the default one. */
    public static Address parse(String text) {
        var colon = text.endsWith("]") ? -1 : text.lastIndexOf(':');
        var host = colon < 0 ? text : text.substring(0, colon);
        if (host.isEmpty() || (host.contains(":") && !host.startsWith("["))) {
            throw new IllegalArgumentException("expected HOST:PORT, for example localhost:7411, not '" + text + "'");
        }
        return new Address(strip(host), colon < 0 ? DEFAULT_PORT : port(text, text.substring(colon + 1)));
    }

    private static String strip(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String text, String digits) {
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 65535) {
            throw new IllegalArgumentException("a port is a number from 0 to 65535, not '" + digits + "' in '" + text + "'");
        }
        return Integer.parseInt(digits);
    }

    /** Whether it is on this machine only, as far as names can be resolved. */
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
