package io.longhaul.server.testing.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Writes the answers of S3, and reads what is sent to it. Not thread-safe. */
final class S3Xml {

    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    private final StringBuilder text = new StringBuilder();

    /** Adds an element with text. */
    S3Xml add(String name, Object value) {
        text.append("<%s>%s</%s>".formatted(name, escaped(value.toString()), name));
        return this;
    }

    /** Adds an element with elements. */
    S3Xml add(String name, S3Xml content) {
        text.append("<%s>%s</%s>".formatted(name, content.text, name));
        return this;
    }

    /** The document with these elements. */
    String in(String root) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><%s xmlns=\"%s\">%s</%s>"
                .formatted(root, NAMESPACE, text, root);
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** The elements of a name in a document, with their children by name. */
    static List<Element> elements(byte[] document, String name) throws S3Failure {
        try {
            Document parsed =
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(document));
            NodeList found = parsed.getElementsByTagName(name);
            List<Element> elements = new ArrayList<>();
            for (int i = 0; i < found.getLength(); i++) {
                elements.add((Element) found.item(i));
            }
            return elements;
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new S3Failure(400, "MalformedXML", String.valueOf(e.getMessage()));
        }
    }

    /** The text of the one child of a name. */
    static String text(Element element, String child) throws S3Failure {
        NodeList found = element.getElementsByTagName(child);
        if (found.getLength() != 1) {
            throw new S3Failure(
                    400, "MalformedXML", "%d of %s".formatted(found.getLength(), child));
        }
        return found.item(0).getTextContent();
    }
}
