package track

// Expire makes an object that has a row stale, and discards what is not flushed of it.
func (o *Objects) Expire(obj any) error {
	e, err := o.Stored(obj)
	if err != nil {
		return err
	}
	o.DiscardLinks(func(l *Link) bool { return l.Child == e })
	e.expire()
	return nil
}

// ExpireAll makes all objects that have rows stale.
func (o *Objects) ExpireAll() {
	o.DiscardLinks(func(l *Link) bool { return l.Child.HasRow() })
	for e := range o.All() {
		if e.HasRow() {
			e.expire()
		}
	}
}
