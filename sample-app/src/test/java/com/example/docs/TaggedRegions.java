package com.example.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parts of source files between {@code // tag::name[]} and {@code // end::name[]}, to be
 * shown in the documentation.
 */
final class TaggedRegions {

	private static final Pattern REGION = Pattern.compile("^\\h*// tag::([a-z-]+)\\[]\\h*\\n(.*?)^\\h*// end::\\1\\[]",
			Pattern.MULTILINE | Pattern.DOTALL);

	private TaggedRegions() {
	}

	/**
	 * Find all regions.
	 * @param sources the files to look into
	 * @return the code by file and name, as it is to be shown: not indented, four blanks
	 * for a tab
	 */
	static Map<String, String> of(List<Path> sources) {
		Map<String, String> regions = new TreeMap<>();
		for (Path source : sources) {
			Matcher matcher = REGION.matcher(Repository.text(source));
			while (matcher.find()) {
				regions.put("%s#%s".formatted(Repository.relative(source), matcher.group(1)),
						matcher.group(2).replace("\t", "    ").stripTrailing().stripIndent().strip());
			}
		}
		return regions;
	}

}
