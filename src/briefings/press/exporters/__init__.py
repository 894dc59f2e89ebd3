"""Our nbconvert exporters: an executed notebook as a web page and as a PDF."""
