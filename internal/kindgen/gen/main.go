// Command gen writes kinds_gen.go into the folder that it is run in; see package kindgen.
package main

import (
	"log"
	"os"

	"github.com/cupel-go/cupel/internal/kindgen"
)

func main() {
	text, err := kindgen.Generate(".")
	if err == nil {
		err = os.WriteFile("kinds_gen.go", text, 0o644)
	}
	if err != nil {
		log.Fatal(err)
	}
}
