// Command gen writes the files of kinds into the folder that it is run in; see package kindgen.
package main

import (
	"log"
	"os"
	"path/filepath"

	"github.com/cupel-go/cupel/internal/kindgen"
)

func main() {
	if err := write(); err != nil {
		log.Fatal(err)
	}
}

func write() error {
	files, err := kindgen.Generate(".")
	if err != nil {
		return err
	}
	old, err := filepath.Glob(kindgen.Pattern)
	if err != nil {
		return err
	}
	for _, name := range old {
		if files[name] == nil { // of a kind that is gone
			if err := os.Remove(name); err != nil {
				return err
			}
		}
	}
	for name, text := range files {
		if err := os.WriteFile(name, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
