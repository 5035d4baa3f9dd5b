package track

// Blame records a mistake for the next flush to report.
func (o *Objects) Blame(err error) {
	if o.mistake == nil {
		o.mistake = err
	}
}

// Failing reports whether a mistake was recorded.
func (o *Objects) Failing() bool { return o.mistake != nil }

// TakeMistake returns the mistake that was recorded, once.
func (o *Objects) TakeMistake() error {
	err := o.mistake
	o.mistake = nil
	return err
}

// Thawed reports, once, whether a relationship was set while none might.
func (o *Objects) Thawed() bool {
	thawed := o.thawed
	o.thawed = false
	return thawed
}
