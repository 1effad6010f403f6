"""Words in quotation marks and who said them."""
