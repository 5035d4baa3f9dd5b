//go:build 386 || arm || armbe || mips || mipsle || mips64p32 || mips64p32le || ppc || s390 || sparc || riscv || amd64p32

package mem

// Cupel needs a platform of 64 bits: keys, counts and limits are ints where bigints are meant, and rows of objects with a field of
// type int are kept as images only where an int is a bigint. On one of 32 bits nothing is tested, so nothing is built.
var _ = cupel_needs_a_64_bit_platform
