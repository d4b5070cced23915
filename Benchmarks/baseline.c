// The limit that sales are measured against: a plain C program that writes, for each sale, the rows
// that posd wrote for one real sale, in one transaction with one sync.
//
//   baseline BEFORE AFTER NEW SECONDS [SALES]
//
// BEFORE and AFTER are a posd database just before and just after one sale. The program copies the
// schema (tables, indices, triggers) and the rows of BEFORE into NEW; what AFTER has more is the
// sale. It writes that sale again and again until SECONDS are over, or SALES are written: the same
// tables, the same bytes, only the keys changed, so it needs no change when posd's tables do. It
// reads, prices, hashes and answers nothing.
//
// Which keys change from sale to sale:
//   keys of its journal records, wherever        count up, by as many as there are
//     they stand
//   a blob of 16 bytes that alone is unique      a fresh random id, the same wherever it stands
//   another INTEGER PRIMARY KEY                  left to SQLite
//   else the last column of a unique index,      counts up
//     if nothing in that index differs yet
// A row that the sale changed is changed again: integers by the same difference, else to the value.
#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

enum { MAX_ROWS = 4096, MAX_COLUMNS = 32, MAX_TABLES = 64, MAX_IDS = 1024,
       MAX_SECONDS = 120, MAX_SALES = 2000000 };

typedef enum { SAME, JOURNAL_KEY, FRESH_ID, LEFT_TO_SQLITE, COUNTS_UP } Rule;

// One statement for one row of the sale.
typedef struct {
  sqlite3_stmt *statement;
  int count;
  Rule rules[MAX_COLUMNS];
  int ids[MAX_COLUMNS];
  sqlite3_value *values[MAX_COLUMNS];
} Row;

// An id that is another one in each sale.
typedef struct {
  sqlite3_value *first;
  unsigned char now[16];
} FreshID;

static sqlite3 *db;
static Row rows[MAX_ROWS];
static FreshID fresh_ids[MAX_IDS];
static int row_count, inserted_count, fresh_count;
static sqlite3_int64 journal_key, key_before, record_count;

static void fail(const char *what) {
  fprintf(stderr, "baseline: %s: %s\n", what, db ? sqlite3_errmsg(db) : "");
  exit(1);
}

static void run(const char *sql) {
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) fail(sql);
}

static sqlite3_stmt *prepare(const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    fail(sql);
  return statement;
}

// `format` is SQLite's: %Q quotes a string, %w a name.
static sqlite3_stmt *prepare_with(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char *sql = sqlite3_vmprintf(format, arguments);
  va_end(arguments);
  sqlite3_stmt *statement = prepare(sql);
  sqlite3_free(sql);
  return statement;
}

static sqlite3_int64 whole_number(const char *sql) {
  sqlite3_stmt *statement = prepare(sql);
  if (sqlite3_step(statement) != SQLITE_ROW) fail(sql);
  sqlite3_int64 number = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return number;
}

// The settings that posd's own connection has.
static void open_new(const char *path, const char *before, const char *after) {
  if (sqlite3_open(path, &db) != SQLITE_OK) fail("open the new database");
  run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA recursive_triggers = ON;"
      "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = OFF");
  if (whole_number("SELECT count(*) FROM sqlite_schema") != 0) fail("the new database is not new");
  char *sql = sqlite3_mprintf("ATTACH %Q AS before; ATTACH %Q AS after", before, after);
  run(sql);
  sqlite3_free(sql);
}

// Names of what is stored as rows: neither virtual nor behind a virtual table.
static int tables(char *names[MAX_TABLES]) {
  sqlite3_stmt *list = prepare(
      "SELECT s.name FROM before.sqlite_schema s JOIN pragma_table_list t ON t.name = s.name"
      " WHERE t.schema = 'before' AND t.type = 'table' AND s.name NOT LIKE 'sqlite!_%' ESCAPE '!'"
      " ORDER BY s.rowid");
  int count = 0;
  while (sqlite3_step(list) == SQLITE_ROW) {
    if (count == MAX_TABLES) fail("too many tables");
    names[count++] = strdup((const char *)sqlite3_column_text(list, 0));
  }
  sqlite3_finalize(list);
  return count;
}

static void copy_schema(const char *condition) {
  sqlite3_stmt *list = prepare_with(
      "SELECT s.sql FROM before.sqlite_schema s LEFT JOIN pragma_table_list t"
      " ON t.schema = 'before' AND t.name = s.name"
      " WHERE s.sql IS NOT NULL AND coalesce(t.type, '') <> 'shadow'"
      " AND s.name NOT LIKE 'sqlite!_%%' ESCAPE '!' AND %s ORDER BY s.rowid",
      condition);
  char *statements[512];
  int count = 0;
  while (sqlite3_step(list) == SQLITE_ROW && count < 512)
    statements[count++] = strdup((const char *)sqlite3_column_text(list, 0));
  sqlite3_finalize(list);
  for (int i = 0; i < count; i++) {
    run(statements[i]);
    free(statements[i]);
  }
}

static void copy_database(char *names[], int count) {
  run("BEGIN");
  copy_schema("s.type = 'table'");
  for (int i = 0; i < count; i++) {
    char *sql = sqlite3_mprintf(
        "INSERT INTO main.\"%w\" SELECT * FROM before.\"%w\"", names[i], names[i]);
    run(sql);
    sqlite3_free(sql);
  }
  copy_schema("s.type IN ('index', 'trigger')");
  run("COMMIT; PRAGMA foreign_keys = ON");
}

static bool is_fresh_id(const Row *row, int column) {
  return sqlite3_value_type(row->values[column]) == SQLITE_BLOB &&
         sqlite3_value_bytes(row->values[column]) == 16;
}

// Makes one column of a unique index differ from sale to sale, unless one does.
static void apply_index(const char *table, const char *index, Row *row) {
  int last = -1, count = 0, only = -1;
  sqlite3_stmt *columns = prepare_with("SELECT cid FROM pragma_index_info(%Q)", index);
  bool differs = false;
  while (sqlite3_step(columns) == SQLITE_ROW) {
    int column = sqlite3_column_int(columns, 0);
    only = column;
    count++;
    if (sqlite3_value_type(row->values[column]) == SQLITE_NULL) differs = true;
    if (row->rules[column] != SAME) differs = true;
    if (sqlite3_value_type(row->values[column]) == SQLITE_INTEGER) last = column;
  }
  sqlite3_finalize(columns);
  if (differs) return;
  if (count == 1 && is_fresh_id(row, only)) {
    row->rules[only] = FRESH_ID;
  } else if (last >= 0) {
    row->rules[last] = COUNTS_UP;
  } else {
    fprintf(stderr, "baseline: no rule makes a new key for %s (%s)\n", table, index);
    exit(1);
  }
}

static void find_journal_keys(Row *row) {
  for (int column = 0; column < row->count; column++) {
    sqlite3_value *value = row->values[column];
    bool is_key = sqlite3_value_type(value) == SQLITE_INTEGER &&
                  sqlite3_value_int64(value) > key_before &&
                  sqlite3_value_int64(value) <= journal_key;
    row->rules[column] = is_key ? JOURNAL_KEY : SAME;
  }
}

// Makes a new row differ from sale to sale in every unique index.
static void find_new_keys(const char *table, Row *row) {
  sqlite3_stmt *alias = prepare_with(
      "SELECT cid FROM pragma_table_info(%Q) WHERE pk = 1 AND type = 'INTEGER' AND"
      " (SELECT count(*) FROM pragma_table_info(%Q) WHERE pk > 0) = 1 AND"
      " (SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = %Q) = 0",
      table, table, table);
  if (sqlite3_step(alias) == SQLITE_ROW) {
    int column = sqlite3_column_int(alias, 0);
    if (row->rules[column] == SAME) row->rules[column] = LEFT_TO_SQLITE;
  }
  sqlite3_finalize(alias);
  sqlite3_stmt *indices =
      prepare_with("SELECT name FROM pragma_index_list(%Q) WHERE \"unique\" = 1", table);
  while (sqlite3_step(indices) == SQLITE_ROW)
    apply_index(table, (const char *)sqlite3_column_text(indices, 0), row);
  sqlite3_finalize(indices);
}

// "k1 = ?1 AND k2 = ?2": a row's primary key by the numbers of its columns.
static char *key_condition(const char *table) {
  sqlite3_stmt *columns = prepare_with(
      "SELECT group_concat(format('\"%%w\" = ?%%d', name, cid + 1), ' AND ')"
      " FROM pragma_table_info(%Q) WHERE pk > 0",
      table);
  if (sqlite3_step(columns) != SQLITE_ROW || !sqlite3_column_text(columns, 0))
    fail("a table without a primary key");
  char *condition = strdup((const char *)sqlite3_column_text(columns, 0));
  sqlite3_finalize(columns);
  return condition;
}

static void bind(sqlite3_stmt *statement, const Row *row) {
  int wanted = sqlite3_bind_parameter_count(statement);
  for (int i = 0; i < row->count && i < wanted; i++)
    sqlite3_bind_value(statement, i + 1, row->values[i]);
}

static sqlite3_stmt *insertion(const char *table, int columns) {
  char marks[MAX_COLUMNS * 2 + 1] = "";
  for (int i = 0; i < columns; i++) strcat(marks, i ? ",?" : "?");
  return prepare_with("INSERT INTO main.\"%w\" VALUES (%s)", table, marks);
}

static bool is_same(sqlite3_value *one, sqlite3_value *other) {
  int type = sqlite3_value_type(one);
  if (sqlite3_value_type(other) != type) return false;
  if (type == SQLITE_NULL) return true;
  if (type == SQLITE_INTEGER) return sqlite3_value_int64(one) == sqlite3_value_int64(other);
  int size = sqlite3_value_bytes(one);
  return sqlite3_value_bytes(other) == size &&
         (!size || !memcmp(sqlite3_value_blob(one), sqlite3_value_blob(other), size));
}

// Prepares the change of a row that was there before the sale; its integers become differences.
static sqlite3_stmt *change(const char *table, const char *key, sqlite3_stmt *was, Row *row) {
  sqlite3_str *sql = sqlite3_str_new(db);
  int changed = 0;
  sqlite3_str_appendf(sql, "UPDATE main.\"%w\" SET ", table);
  for (int i = 0; i < row->count; i++) {
    sqlite3_value *old = sqlite3_column_value(was, i), *new = row->values[i];
    if (is_same(old, new)) continue;
    const char *name = sqlite3_column_name(was, i);
    if (changed++) sqlite3_str_appendall(sql, ", ");
    if (sqlite3_value_type(new) == SQLITE_INTEGER && row->rules[i] == SAME) {
      sqlite3_int64 step = sqlite3_value_int64(new) - sqlite3_value_int64(old);
      sqlite3_str_appendf(sql, "\"%w\" = \"%w\" + (%lld)", name, name, step);
    } else {
      sqlite3_str_appendf(sql, "\"%w\" = ?%d", name, i + 1);
    }
  }
  sqlite3_str_appendf(sql, " WHERE %s", key);
  char *text = sqlite3_str_finish(sql);
  sqlite3_stmt *statement = prepare(text);
  sqlite3_free(text);
  return statement;
}

// Reads what the sale did to one table.
static void read_table(const char *table) {
  sqlite3_stmt *found = prepare_with(
      "SELECT * FROM after.\"%w\" EXCEPT SELECT * FROM before.\"%w\"", table, table);
  char *key = key_condition(table);
  sqlite3_stmt *was = prepare_with("SELECT * FROM before.\"%w\" WHERE %s", table, key);
  sqlite3_stmt *shared = NULL;
  while (sqlite3_step(found) == SQLITE_ROW) {
    if (row_count == MAX_ROWS) fail("too many rows in one sale");
    Row *row = &rows[row_count++];
    row->count = sqlite3_column_count(found);
    if (row->count > MAX_COLUMNS) fail("too many columns");
    for (int i = 0; i < row->count; i++)
      row->values[i] = sqlite3_value_dup(sqlite3_column_value(found, i));
    find_journal_keys(row);
    bind(was, row);
    if (sqlite3_step(was) == SQLITE_ROW) {
      row->statement = change(table, key, was, row);
    } else {
      find_new_keys(table, row);
      if (!shared) shared = insertion(table, row->count);
      row->statement = shared;
      inserted_count++;
    }
    sqlite3_reset(was);
  }
  sqlite3_finalize(found);
  sqlite3_finalize(was);
  free(key);
}

static int place_of_id(const Row *row, int column) {
  for (int i = 0; is_fresh_id(row, column) && i < fresh_count; i++)
    if (is_same(fresh_ids[i].first, row->values[column])) return i;
  return -1;
}

// An id that is fresh in one row is the same fresh one in all rows that name it.
static void join_ids(void) {
  for (int i = 0; i < row_count; i++)
    for (int column = 0; column < rows[i].count; column++) {
      if (rows[i].rules[column] != FRESH_ID || place_of_id(&rows[i], column) >= 0) continue;
      if (fresh_count == MAX_IDS) fail("too many ids in one sale");
      fresh_ids[fresh_count++].first = rows[i].values[column];
    }
  for (int i = 0; i < row_count; i++)
    for (int column = 0; column < rows[i].count; column++) {
      rows[i].ids[column] = place_of_id(&rows[i], column);
      if (rows[i].ids[column] >= 0) rows[i].rules[column] = FRESH_ID;
    }
}

static void make_ids(void) {
  for (int i = 0; i < fresh_count; i++) {
    unsigned char *id = fresh_ids[i].now;
    if (getrandom(id, 16, 0) != 16) fail("random bytes");
    id[6] = (id[6] & 0x0F) | 0x40;
    id[8] = (id[8] & 0x3F) | 0x80;
  }
}

static void write_row(const Row *row, sqlite3_int64 sale) {
  int wanted = sqlite3_bind_parameter_count(row->statement);
  for (int i = 0; i < row->count && i < wanted; i++) {
    int parameter = i + 1;
    sqlite3_value *value = row->values[i];
    switch (row->rules[i]) {
      case SAME: sqlite3_bind_value(row->statement, parameter, value); break;
      case JOURNAL_KEY:
        sqlite3_bind_int64(
            row->statement, parameter, sqlite3_value_int64(value) + sale * record_count);
        break;
      case FRESH_ID:
        sqlite3_bind_blob(
            row->statement, parameter, fresh_ids[row->ids[i]].now, 16, SQLITE_STATIC);
        break;
      case LEFT_TO_SQLITE: sqlite3_bind_null(row->statement, parameter); break;
      case COUNTS_UP:
        sqlite3_bind_int64(row->statement, parameter, sqlite3_value_int64(value) + sale);
        break;
    }
  }
  if (sqlite3_step(row->statement) != SQLITE_DONE) fail(sqlite3_sql(row->statement));
  sqlite3_reset(row->statement);
}

static double seconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static void step(sqlite3_stmt *statement) {
  if (sqlite3_step(statement) != SQLITE_DONE) fail(sqlite3_sql(statement));
  sqlite3_reset(statement);
}

int main(int count, char **arguments) {
  double seconds = count == 5 || count == 6 ? atof(arguments[4]) : 0;
  long most = count == 6 ? atol(arguments[5]) : MAX_SALES;
  if (seconds <= 0 || seconds > MAX_SECONDS || most < 1 || most > MAX_SALES) {
    fprintf(stderr, "usage: baseline BEFORE AFTER NEW SECONDS (at most %d) [SALES]\n", MAX_SECONDS);
    return 2;
  }
  char *names[MAX_TABLES];
  open_new(arguments[3], arguments[1], arguments[2]);
  int table_count = tables(names);
  copy_database(names, table_count);
  journal_key = whole_number("SELECT max(key) FROM after.journal");
  key_before = whole_number("SELECT max(key) FROM before.journal");
  record_count = journal_key - key_before;
  if (record_count == 0) fail("no sale to copy");
  for (int i = 0; i < table_count; i++) read_table(names[i]);
  join_ids();
  run("DETACH before; DETACH after");
  run("PRAGMA wal_checkpoint(TRUNCATE)");

  sqlite3_stmt *begin = prepare("BEGIN IMMEDIATE"), *commit = prepare("COMMIT");
  double start = seconds_now(), now = start;
  sqlite3_int64 sales = 0;
  while (now < start + seconds && sales < most) {
    make_ids();
    step(begin);
    for (int i = 0; i < row_count; i++) write_row(&rows[i], sales);
    step(commit);
    sales++;
    now = seconds_now();
  }
  printf("{\"sales\":%lld,\"perSecond\":%.1f,\"rowsInserted\":%d,\"rowsChanged\":%d}\n", sales,
         sales / (now - start), inserted_count, row_count - inserted_count);
  return 0;
}
