package io.switchboard.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the module brings along: nothing. The starter and the application decide what is
 * there.
 */
class DependenciesTests {

	@Test
	void everyDependencyOutsideTestsIsOptional() throws Exception {
		List<Map<String, String>> dependencies = dependencies(Path.of("pom.xml"));

		assertThat(dependencies).isNotEmpty()
			.filteredOn((dependency) -> !"test".equals(dependency.get("scope")))
			.allSatisfy((dependency) -> assertThat(dependency).as("add <optional>true</optional>")
				.containsEntry("optional", "true"));
	}

	private static List<Map<String, String>> dependencies(Path pom) throws Exception {
		Element project = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(pom.toFile())
			.getDocumentElement();
		return children(project).stream()
			.filter((child) -> child.getTagName().equals("dependencies"))
			.flatMap((dependencies) -> children(dependencies).stream())
			.map(DependenciesTests::properties)
			.toList();
	}

	private static Map<String, String> properties(Element dependency) {
		return children(dependency).stream()
			.collect(Collectors.toMap(Element::getTagName, (property) -> property.getTextContent().strip()));
	}

	private static List<Element> children(Node parent) {
		NodeList nodes = parent.getChildNodes();
		return IntStream.range(0, nodes.getLength())
			.mapToObj(nodes::item)
			.filter(Element.class::isInstance)
			.map(Element.class::cast)
			.toList();
	}

}
