package change

// WithKeys is a statement as the writer runs it.
func (w *Writer) WithKeys(text string) string { return withKeys(w.Map, text) }
