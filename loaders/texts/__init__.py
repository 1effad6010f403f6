"""Where texts come from: files, folders, addresses, pages, wikitext; to paragraphs that keep their offsets, and a parse of them."""
