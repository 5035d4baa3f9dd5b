package ast

import "strings"

// plainFunctions are functions of PostgreSQL that read their arguments and nothing else: a statement that calls only these has no
// effect, and the same result whether a transaction is open or not. now() is not among them, which tells when the transaction
// began; nor is what locks, counts up, writes, or is the program's own.
var plainFunctions = words(`
		abs acos age any_value array_agg array_append array_cat array_dims array_fill array_length array_lower array_ndims array_position
		array_positions array_prepend array_remove array_replace array_sample array_shuffle array_to_json array_to_string array_upper ascii
		asin atan atan2 avg bit_and bit_length bit_or bit_xor bool_and bool_or broadcast btrim cardinality cbrt ceil ceiling char_length
		character_length chr clock_timestamp coalesce concat concat_ws convert_from convert_to corr cos cot count covar_pop covar_samp
		cume_dist current_setting date_add date_bin date_part date_subtract date_trunc daterange datemultirange decode degrees dense_rank div
		encode every exp extract factorial family first_value floor format format_type gcd gen_random_uuid generate_series
		generate_subscripts get_bit get_byte greatest grouping host hostmask initcap int4range int4multirange int8range int8multirange
		isempty isfinite json_agg json_array_elements json_array_elements_text json_array_length json_build_array json_build_object json_each
		json_each_text json_extract_path json_extract_path_text json_object json_object_agg json_object_keys json_populate_record
		json_populate_recordset json_strip_nulls json_to_record json_to_recordset json_typeof jsonb_agg jsonb_array_elements
		jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object jsonb_concat jsonb_delete jsonb_delete_path
		jsonb_each jsonb_each_text jsonb_exists jsonb_exists_all jsonb_exists_any jsonb_extract_path jsonb_extract_path_text jsonb_insert
		jsonb_object jsonb_object_agg jsonb_object_keys jsonb_path_exists jsonb_path_match jsonb_path_query jsonb_path_query_array
		jsonb_path_query_first jsonb_populate_record jsonb_populate_recordset jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls
		jsonb_to_record jsonb_to_recordset jsonb_typeof justify_days justify_hours justify_interval lag last_value lcm lead least left length
		ln log log10 lower lower_inc lower_inf lpad ltrim make_date make_interval make_time make_timestamp make_timestamptz masklen max md5
		merge_action min min_scale mod mode multirange netmask network normalize nth_value ntile nullif num_nonnulls num_nulls numnode
		numrange nummultirange octet_length overlay parse_ident percent_rank percentile_cont percentile_disc phraseto_tsquery pi
		plainto_tsquery position power querytree quote_ident quote_literal quote_nullable radians random range_agg range_intersect_agg
		range_merge rank regexp_count regexp_instr regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array
		regexp_split_to_table regexp_substr regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy
		repeat replace reverse right round row_number row_to_json rpad rtrim scale set_bit set_byte set_masklen setweight sha224 sha256 sha384
		sha512 sign sin split_part sqrt starts_with statement_timestamp stddev stddev_pop stddev_samp string_agg string_to_array
		string_to_table strip strpos substr substring sum tan text timezone to_ascii to_char to_date to_hex to_json to_jsonb to_number
		to_timestamp to_tsquery to_tsvector translate trim trim_array trim_scale trunc ts_delete ts_filter ts_headline ts_rank ts_rank_cd
		tsquery_phrase tsrange tsmultirange tstzrange tstzmultirange tsvector_to_array unaccent unicode_assigned unistr unnest upper
		upper_inc upper_inf uuid_extract_timestamp uuid_extract_version uuidv4 uuidv7 var_pop var_samp variance websearch_to_tsquery
		width_bucket xmlagg`)

// searchFunctions are those of them that take the name of a configuration, and ownConfigurations PostgreSQL's own.
var (
	searchFunctions   = words("phraseto_tsquery plainto_tsquery to_tsquery to_tsvector ts_headline websearch_to_tsquery")
	ownConfigurations = words(`arabic armenian basque catalan danish dutch english estonian finnish french german greek hindi hungarian indonesian
		irish italian lithuanian nepali norwegian portuguese romanian russian serbian simple spanish swedish tamil turkish yiddish`)
)

// words returns the words of a text as a set.
func words(text string) map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		all[word] = true
	}
	return all
}

// PlainFunction reports whether a function of PostgreSQL reads its arguments and does nothing else.
func PlainFunction(name string) bool {
	return plainFunctions[name] || plainFunctions[strings.ToLower(name)]
}
