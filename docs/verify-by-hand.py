#!/usr/bin/env python3
"""Checks a published election without one line of the program that made it.

Written from docs/FORMATS.md alone, in plain Python 3.9 or later with its standard library, so that a stranger can read
all of it in one sitting, or write the same again in another language. docs/VERIFY.md explains each step.

    python3 verify-by-hand.py DIR|URL [--key VKEY] [--contest C] [--region R] [--account] [--from N] [--receipt FILE]

It checks that
  1. the checkpoint of the editions is signed, and the log of editions has that root;
  2. every edition is signed, names the one before, and is numbered without a gap;
  3. every log has the size and root that the newest edition fixes, and every statement in it is signed by a key that
     the logs themselves have granted;
  4. every object of the result tree has the hash by which it is named, and every total is the sum of its parts, from
     the nation down to the station;
  5. what a station's row shows is what its signed statement says;
  6. every vote that was ever taken away is a posting in a journal.

It does not judge who may do what, nor which sheets are held: `teguh verify` folds the statements again and does.
Exit code 0: all holds. 1: something does not, each fault on a line that begins with FAULT. 2: could not run.
"""

import argparse
import base64
import hashlib
import json
import os
import re
import sys
import unicodedata
import urllib.error
import urllib.request

# ---------------------------------------------------------------- Ed25519, as in RFC 8032 section 5.1

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def add(a, b):
    """Sum of two points in extended coordinates (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z."""
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    p, q, r, s = f - e, h - g, h + g, f + e
    return (p * q % P, r * s % P, q * r % P, p * s % P)


def point(data):
    """The point that 32 bytes encode; None if they encode none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * SQRT_M1 % P
    if x * x % P != square or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


def encode(a):
    inverse = pow(a[2], P - 2, P)
    x, y = a[0] * inverse % P, a[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


ZERO = (0, 1, 1, 0)
BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_zero(a):
    return a[0] == 0 and a[1] == a[2]


def verifies(public, signature, message):
    """Whether the 64-byte signature of a 32-byte key fits the message. Keys of small order fit everything: refused."""
    a = point(public)
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or s >= ORDER:
        return False
    eight = add(a, a)
    eight = add(eight, eight)
    if is_zero(add(eight, eight)):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    # R = sB - kA: both products at once, bit by bit.
    minus = (P - a[0], a[1], 1, P - a[3])
    table = (ZERO, BASE, minus, add(BASE, minus))
    total = ZERO
    for bit in range(252, -1, -1):
        total = add(total, total)
        digit = (s >> bit & 1) | (k >> bit & 1) << 1
        if digit:
            total = add(total, table[digit])
    return encode(total) == signature[:32]


# ---------------------------------------------------------------- files


class Fault(Exception):
    """Something published does not hold; `path` says where."""

    def __init__(self, path, what):
        super().__init__(f"{path}: {what}")


class Files:
    """The published files of a data folder, a public folder, or a web address."""

    def __init__(self, where):
        self.url = where.rstrip("/") + "/" if re.match(r"https?://", where) else None
        inner = os.path.join(where, "public")
        self.folder = inner if os.path.exists(os.path.join(inner, "checkpoint")) else where

    def get(self, path):
        try:
            if self.url is not None:
                with urllib.request.urlopen(self.url + path) as answer:
                    return answer.read()
            with open(os.path.join(self.folder, path), "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise

    def must(self, path):
        data = self.get(path)
        if data is None:
            raise Fault(path, "is missing")
        return data

    def object(self, digest):
        """A content-addressed object, checked against the hash that is its name."""
        path = object_path(digest)
        data = self.must(path)
        if hashlib.sha256(data).hexdigest() != digest:
            raise Fault(path, "does not have the hash that is its name")
        return json.loads(data)


def object_path(digest):
    return f"object/{digest[:2]}/{digest[2:]}.json"


# ---------------------------------------------------------------- signed notes


class Note:
    """Text that was signed, and its signature lines as (name, 4-byte key id, signature)."""

    def __init__(self, path, data):
        split = data.rfind(b"\n\n")
        if split < 0 or not data.endswith(b"\n"):
            raise Fault(path, "is not a signed note")
        self.path, self.text = path, data[: split + 1]
        self.lines = []
        for line in data[split + 2 : -1].decode().split("\n"):
            match = re.fullmatch(r"— ([^ +]+) ([A-Za-z0-9+/]+=*)", line)
            if match is None:
                raise Fault(path, "has a line that is no signature")
            blob = base64.b64decode(match[2], validate=True)
            self.lines.append((match[1], blob[:4], blob[4:]))

    def check(self, i, name, public):
        """Line i is the signature of this key under this name."""
        line_name, key_id, signature = self.lines[i]
        if line_name != name or key_id != key_id_of(name, public):
            raise Fault(self.path, f"is signed by {line_name}, expected {name}")
        if not verifies(public, signature, self.text):
            raise Fault(self.path, f"the signature of {name} does not fit")


def key_id_of(name, public):
    return hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]


def open_vkey(vkey, path="the key"):
    """(name, public key) of `name+key id+base64(01 || key)`."""
    name, _, rest = vkey.partition("+")
    key_id, _, key = rest.partition("+")
    try:
        blob = base64.b64decode(key, validate=True)
    except ValueError:
        blob = b""
    if len(blob) != 33 or blob[0] != 1 or key_id_of(name, blob[1:]).hex() != key_id:
        raise Fault(path, f"{vkey} is not an Ed25519 vkey")
    return name, blob[1:]


def checkpoint(path, data, vkey):
    """(size, root) of a checkpoint that the log's own key has signed."""
    note = Note(path, data)
    name, public = open_vkey(vkey)
    mine = [i for i, line in enumerate(note.lines) if line[0] == name and line[1] == key_id_of(name, public)]
    if not mine:
        raise Fault(path, f"is not signed by {name}")
    note.check(mine[0], name, public)
    origin, size, root = note.text.decode().split("\n")[:3]
    if origin != name:
        raise Fault(path, f"is of {origin}, not of {name}")
    return int(size), base64.b64decode(root, validate=True)


# ---------------------------------------------------------------- logs


def leaf(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def root_of(hashes):
    """The Merkle tree hash of RFC 6962 over leaf hashes."""
    stack = []  # (height, hash): roots of complete subtrees, the largest first
    for value in hashes:
        height = 0
        while stack and stack[-1][0] == height:
            value = hashlib.sha256(b"\1" + stack.pop()[1] + value).digest()
            height += 1
        stack.append((height, value))
    if not stack:
        return hashlib.sha256(b"").digest()
    value = stack.pop()[1]
    while stack:
        value = hashlib.sha256(b"\1" + stack.pop()[1] + value).digest()
    return value


def proves(entry, index, size, hashes):
    """The root that an entry's proof of inclusion leads to."""
    last, value = size - 1, leaf(entry)
    for sibling in (base64.b64decode(text, validate=True) for text in hashes):
        if index & 1 or index == last:
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
            value = hashlib.sha256(b"\1" + sibling + value).digest()
        else:
            value = hashlib.sha256(b"\1" + value + sibling).digest()
        index, last = index >> 1, last >> 1
    return value if last == 0 else None


def tile_path(level, n, width):
    groups = [f"{n % 1000:03}"]
    while n >= 1000:
        n //= 1000
        groups.insert(0, f"x{n % 1000:03}")
    return f"tile/{level}/{'/'.join(groups)}" + (f".p/{width}" if width < 256 else "")


class Log:
    """A log's files. A partial tile is a prefix of every later one, so a reader may find more than it asked for."""

    def __init__(self, files, folder):
        self.files, self.folder = files, folder

    def tile(self, level, n, width):
        """Path and bytes of a tile, which may by now exist only in full."""
        path = self.folder + tile_path(level, n, width)
        data = self.files.get(path)
        if data is None and width < 256:
            data = self.files.get(self.folder + tile_path(level, n, 256))
        if data is None:
            raise Fault(path, "is missing")
        return path, data

    def entries(self, size):
        entries = []
        for n in range((size + 255) // 256):
            width = min(256, size - n * 256)
            path, data = self.tile("entries", n, width)
            at = 0
            for _ in range(width):
                length = int.from_bytes(data[at : at + 2], "big")
                if at + 2 + length > len(data) or at + 2 > len(data):
                    raise Fault(path, "ends inside an entry")
                entries.append(data[at + 2 : at + 2 + length])
                at += 2 + length
        return entries

    def check(self, size, root):
        """The first `size` entries, which must have this root and the published tiles of hashes."""
        entries = self.entries(size)
        level, hashes = 0, [leaf(entry) for entry in entries]
        if root_of(hashes) != root:
            raise Fault(self.folder + tile_path("entries", (size - 1) // 256, min(256, (size - 1) % 256 + 1)),
                        "the entries up to here do not have the root that is signed")
        while hashes:
            for n in range((len(hashes) + 255) // 256):
                own = b"".join(hashes[n * 256 : n * 256 + 256])
                path, data = self.tile(level, n, len(own) // 32)
                if data[: len(own)] != own:
                    raise Fault(path, "holds other hashes than the entries have")
            # Only a full tile is hashed upward.
            hashes = [root_of(hashes[n : n + 256]) for n in range(0, len(hashes) - 255, 256)]
            level += 1
        return entries


# ---------------------------------------------------------------- statements


class Statement:
    """A signed note of two lines: a type, and canonical JSON. Its id is the hash of both."""

    def __init__(self, path, data):
        self.note = Note(path, data)
        self.type, body, end = self.note.text.decode().split("\n")
        self.body = canonical(path, body)
        self.id = hashlib.sha256(self.note.text).hexdigest()
        if end != "" or self.body.get("by") != [line[0] for line in self.note.lines]:
            raise Fault(path, "`by` is not the list of those who signed")


def canonical(path, text):
    """JSON whose one allowed spelling this is: sorted keys, whole numbers, NFC, no spaces."""

    def refuse(number):
        raise Fault(path, f"{number} is not a whole number")

    value = json.loads(text, parse_float=refuse, parse_constant=refuse)
    again = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if again != text or unicodedata.normalize("NFC", text) != text:
        raise Fault(path, "is not canonical JSON")
    return value


class Keys:
    """Every public key that the logs have named, by the first 16 hex digits of its SHA-256."""

    def __init__(self):
        self.known = {}

    def learn(self, statement):
        body = statement.body
        if statement.type == "teguh/genesis/v1":
            named = [body["root"], body["editions"], body["centre"]]
        elif statement.type == "teguh/grant/v1":
            named = [grant["key"] for grant in body["list"]]
        elif statement.type == "teguh/custody/v1":
            named = [open_vkey(body["vkey"], statement.note.path)[1].hex()]
        else:
            return
        for key in map(bytes.fromhex, named):
            self.known[hashlib.sha256(key).hexdigest()[:16]] = key

    def check(self, statement, election):
        """Every signature line is by a key of this election that some log has named."""
        for i, (name, _, _) in enumerate(statement.note.lines):
            prefix, _, short = name.rpartition("/k/")
            if prefix != election or short not in self.known:
                raise Fault(statement.note.path, f"is signed by {name}, a key that no log has named")
            statement.note.check(i, name, self.known[short])


# ---------------------------------------------------------------- the result tree


def within(code, region):
    return region == "0" or code.startswith(region)


def touches(code, region):
    """Whether a region is inside the chosen one, or on the way to it."""
    return within(code, region) or within(region, code)


def sparse(pairs, length):
    values = [0] * length
    for place, value in pairs:
        values[place] += value
    return values


SPARSE = ("held", "raised", "removed")


def empty_list(length):
    return {name: [0] * length for name in ("votes", *SPARSE)}


class Sums:
    """What one book of a region adds up to; the published book must say the same."""

    def __init__(self):
        self.numbers = dict.fromkeys(("in", "withVotes", "posted", "held", "read"), 0)
        self.figures, self.flags, self.lists, self.parties = [0] * 25, {}, {}, None

    def add(self, values, into):
        for i, value in enumerate(values):
            into[i] += value or 0

    def list(self, district, length):
        return self.lists.setdefault(district, empty_list(length))

    def add_list(self, into, book_list):
        length = len(book_list["votes"])
        self.add(book_list["votes"], into["votes"])
        for name in SPARSE:
            self.add(sparse(book_list[name], length), into[name])

    def add_book(self, book, districts):
        """Adds a child's book. Candidates go no higher than the region that holds their whole district."""
        for name in self.numbers:
            self.numbers[name] += book.get(name, 0)
        self.add(book.get("figures", []), self.figures)
        for code, stations in book.get("flags", {}).items():
            self.flags[code] = self.flags.get(code, 0) + stations
        for book_list in book.get("lists", []):
            if book_list["district"] in districts:
                self.add_list(self.list(book_list["district"], len(book_list["votes"])), book_list)
        if "parties" in book:
            self.add_party_list(book["parties"])

    def add_party_list(self, book_list):
        length = len(book_list["votes"])
        self.parties = self.parties or empty_list(length)
        self.add_list(self.parties, book_list)

    def compare(self, path, what, book):
        """The book says what was added up here."""

        def same(name, own, published):
            if own != published:
                raise Fault(path, f"{what}: {name} is published as {published}, its parts add up to {own}")

        for name, value in self.numbers.items():
            same(name, value, book.get(name, 0))
        same("figures", self.figures, book.get("figures", [0] * 25))
        same("flags", {k: v for k, v in self.flags.items() if v}, book.get("flags", {}))
        for book_list in book.get("lists", []):
            district = book_list["district"]
            self.compare_list(same, f"district {district}", self.lists.pop(district, None), book_list)
        for district, own in self.lists.items():
            same(f"district {district}", sum(map(sum, own.values())), 0)
        if "parties" in book:
            self.compare_list(same, "parties", self.parties, book["parties"])

    def compare_list(self, same, name, own, book_list):
        length = len(book_list["votes"])
        own = own or empty_list(length)
        same(f"votes of {name}", own["votes"], book_list["votes"])
        for key in SPARSE:
            same(f"{key} votes of {name}", own[key], sparse(book_list[key], length))


class Tree:
    """Walks the result tree of one contest below one region, and counts what it has checked."""

    def __init__(self, files, contest, region, statements):
        self.files, self.contest, self.region, self.statements = files, contest, region, statements
        self.objects, self.stations, self.named = 0, 0, {}

    def walk(self, digest, code):
        """Checks an object and all below it within the chosen region, and returns it."""
        path, item = object_path(digest), region_item(self.files, digest)
        self.objects += 1
        if (item["format"], item["contest"], item["region"]) != ("teguh/result/v1", self.contest, code):
            raise Fault(path, f"is not the result of {self.contest} in {code}")
        if "stations" in item:
            self.check_desa(path, item)
            return item
        below = {}
        for child in item["children"]:
            if child["hash"] is None:
                continue
            # A row leaves out figures and candidates, so that also what is beside the way to the region is needed here.
            own = (self.walk(child["hash"], child["code"]) if touches(child["code"], self.region)
                   else region_item(self.files, child["hash"]))
            for book in ("count", "recap"):
                self.check_row(path, child, book, item[book], own[book])
            below[child["code"]] = own
        self.check_children(path, item, below)
        self.check_party_names(path, item)
        if item["level"] == "kecamatan":
            self.check_journals(path, item, below)
        return item

    def check_party_names(self, path, item):
        """Every party with votes has its name in a district that the object carries, or that it names for that."""
        if "parties" not in item:
            return
        lists = [entry for book in ("count", "recap") for entry in item[book].get("lists", []) if "lists" not in item]
        named = set()
        for digest in {entry["names"] for entry in lists} | set(item.get("partyNames", [])):
            if digest not in self.named:
                self.named[digest] = {party["id"] for party in self.files.object(digest)["parties"]}
            named |= self.named[digest]
        for book in ("count", "recap"):
            votes = item[book]["parties"]["votes"] if "parties" in item[book] else []
            for party, value in zip(item["parties"], votes):
                if value and party not in named:
                    raise Fault(path, f"{book}: party {party} has {value} votes, and no district here names it")

    def check_row(self, path, child, book, parents, own):
        """The row of a child says in outline what the child's own object says: valid, invalid and total of the figures,
        no candidates where there are parties, else those of the districts that the parent carries."""
        carried = {entry["district"] for entry in parents.get("lists", [])}
        expected = {key: value for key, value in own.items() if key not in ("adjustments", "figures", "lists")}
        if "figures" in own:
            expected["valid"], expected["invalid"], expected["total"] = own["figures"][-3:]
        if "lists" in own and "parties" not in own:
            expected["lists"] = [
                {key: value for key, value in entry.items() if key != "names"}
                for entry in own["lists"]
                if entry["district"] in carried
            ]
        if child[book] != expected:
            raise Fault(path, f"the {book} row of {child['code']} is not what that region's object says")

    def check_children(self, path, item, below):
        """A region is the sum of its children's own objects, whose rows were found to say the same."""
        for book in ("count", "recap"):
            sums, published = Sums(), item[book]
            expected = sum(child[book]["expected"] for child in item["children"])
            if expected != published["expected"]:
                raise Fault(path, f"{book}: {published['expected']} stations expected, its parts have {expected}")
            sittings = {name: n for name, n in [(item["status"], 1)] if name != "none"}
            for child in item["children"]:
                for name, n in child.get("sittings", {}).items():
                    sittings[name] = sittings.get(name, 0) + n
            if sittings != item.get("sittings", {}):
                raise Fault(path, f"plenaries are published as {item.get('sittings', {})}, its parts add up to {sittings}")
            carried = {entry["district"] for entry in published.get("lists", [])}
            for own in below.values():
                sums.add_book(own[book], carried)
            for adjustment in published.get("adjustments", []):
                self.adjust(path, sums, adjustment, item, carried)
            sums.compare(path, book, published)

    def adjust(self, path, sums, adjustment, item, carried):
        """A ruling that names no station: a line of its own beside the children."""
        district = self.files.object(adjustment["names"])
        if district["code"] != adjustment["district"]:
            raise Fault(path, f"a ruling names the columns of {district['code']}, and is of {adjustment['district']}")
        length = len(district["choices"])
        deltas = adjustment["deltas"]
        change = {
            "votes": sparse(deltas, length),
            "raised": [[column, delta] for column, delta in deltas if delta > 0],
            "removed": [[column, -delta] for column, delta in deltas if delta < 0],
            "held": [],
        }
        if adjustment["district"] in carried:
            sums.add_list(sums.list(adjustment["district"], length), change)
        if "parties" in item:
            sums.add_party_list(by_party(change, district, item["parties"]))

    def check_desa(self, path, item):
        """Adds up the stations; where a desa of many has a detail, figures and votes stand there."""
        detail = self.files.object(item["detail"]) if item.get("detail") else None
        for book in ("count", "recap"):
            published, sums = item[book], Sums()
            if len(item["stations"]) != published["expected"]:
                raise Fault(path, f"{book}: {published['expected']} stations expected, {len(item['stations'])} listed")
            lists = published.get("lists", [])
            district = self.files.object(lists[0]["names"]) if lists else None
            for i, row in enumerate(item["stations"]):
                own = station_in(path, row, book)
                shown = detail["stations"][i][book] if detail else own
                if own is not None and district:
                    self.add_station(sums, book, own, shown, district)
                    self.check_statement(path, item["region"] + row["n"], book, own, shown)
            for entry in lists:
                # What corrections moved is not in the rows but in the kecamatan's journal, see check_journals.
                own = sums.list(entry["district"], len(entry["votes"]))
                for key in ("raised", "removed"):
                    own[key] = sparse(entry[key], len(entry["votes"]))
                if "parties" in published:
                    change = {"votes": own["votes"], **{key: pairs(own[key]) for key in SPARSE}}
                    sums.add_party_list(by_party(change, district, item["parties"]))
            sums.compare(path, book, published)

    def add_station(self, sums, book, row, shown, district):
        self.stations += 1
        own = sums.list(district["code"], len(district["choices"]))
        for code in row["flags"]:
            sums.flags[code] = sums.flags.get(code, 0) + 1
        if row["state"] != "none" and book == "count":
            sums.numbers["in"] += 1
        if row["state"] in ("posted", "held") and book == "count":
            sums.numbers["withVotes"] += 1
            sums.numbers[row["state"]] += 1
        if row["state"] == "posted":
            sums.numbers["read"] += book == "recap"
            sums.add(shown["figures"], sums.figures)
            counted = shown.get("counted", shown["votes"])
            sums.add(counted, own["votes"])
            sums.add([max(0, (v or 0) - (c or 0)) for v, c in zip(shown["votes"], counted)], own["held"])
        elif row["state"] == "held":
            sums.add(shown["votes"], own["held"])

    def check_statement(self, path, station, book, row, shown):
        """What the row shows is what the last of its statements says, word for word."""
        if row["state"] == "none" or not row["at"] or self.statements is None:
            return
        at = row["at"][-1]
        log, index = at if book == "recap" else (f"tps/{station[:6]}", at)
        if log not in self.statements or index >= len(self.statements[log]):
            raise Fault(path, f"station {station} names entry {index} of {log}, which is not there")
        statement = self.statements[log][index]
        body = statement.body if statement else {}
        if (body.get("station"), body.get("contest")) != (station, self.contest):
            raise Fault(path, f"station {station} names entry {index} of {log}, which is about another")
        votes = body["votes"] or [None] * len(shown["votes"])
        # A column that was added to the ballot later is 0 for a sheet that reports votes without it.
        later = None if all(value is None for value in votes) else 0
        votes = votes + [later] * (len(shown["votes"]) - len(votes))
        if body["figures"] != shown["figures"] or votes != shown["votes"]:
            raise Fault(path, f"station {station} is not shown as entry {index} of {log} says")

    def check_journals(self, path, item, below):
        """Every vote raised or removed is a posting that says where, from what to what, and by which statement."""
        for book in ("count", "recap"):
            moved = {}
            for newest in item["journal"][book]:
                for posting in self.postings(newest):
                    for column, before, after in posting["changes"]:
                        way = "raised" if after > before else "removed"
                        place = (posting["station"][:10], posting["district"], column, way)
                        moved[place] = moved.get(place, 0) + abs(after - before)
            for desa, own in below.items():
                for entry in own[book].get("lists", []):
                    for key in ("removed", "raised"):
                        for column, value in enumerate(sparse(entry[key], len(entry["votes"]))):
                            explained = moved.get((desa, entry["district"], column, key), 0)
                            if explained != value:
                                raise Fault(path, f"{book}: {desa} has {value} votes {key} in column {column} of "
                                                  f"district {entry['district']}, its journal explains {explained}")

    def postings(self, chunk):
        """The postings of a journal, newest chunk first: that one stands in the kecamatan's object, the others alone."""
        yield from chunk["postings"]
        while chunk["previous"] is not None:
            chunk = self.files.object(chunk["previous"])
            self.objects += 1
            yield from chunk["postings"]


def region_item(files, digest):
    """A result object; where its candidates stand apart, with these in its books."""
    item = files.object(digest)
    if "lists" not in item:
        return item
    path, apart = object_path(digest), files.object(item["lists"])
    if (apart["format"], apart["contest"], apart["region"]) != ("teguh/lists/v1", item["contest"], item["region"]):
        raise Fault(path, f"{object_path(item['lists'])} is not of the candidates of {item['contest']} in {item['region']}")
    for book in ("count", "recap"):
        if ("figures" in item[book]) != (apart[book] is not None) or "lists" in item[book]:
            raise Fault(path, f"{book}: {object_path(item['lists'])} has not the candidates of this book")
        if apart[book] is not None:
            item = {**item, book: {**item[book], "lists": apart[book]}}
    return item


SAID = ("counted", "figures", "invalid", "parties", "total", "valid", "votes", "written")


def station_in(path, row, book):
    """What a book has of a station; a reading that says what the sheet says leaves that to the row's count."""
    own = row[book]
    if own is None or "as" not in own:
        return own
    if own["as"] != "count" or row["count"] is None or any(key in own for key in SAID):
        raise Fault(path, f"station {row['n']}: the reading says what no sheet there says")
    return {**own, **{key: row["count"][key] for key in SAID if key in row["count"]}}


def pairs(values):
    return [[i, value] for i, value in enumerate(values) if value]


def by_party(book_list, district, ids):
    """Columns added up by party, in the order of the contest's parties."""
    place = [ids.index(district["parties"][choice["party"]]["id"]) for choice in district["choices"]]

    def fold(items):
        return sparse([[place[column], value] for column, value in items], len(ids))

    return {"votes": fold(enumerate(book_list["votes"])), **{key: pairs(fold(book_list[key])) for key in SPARSE}}


# ---------------------------------------------------------------- the checks, one after the other


class Audit:
    def __init__(self, files, vkey, region):
        self.files, self.region, self.faults = files, region, []
        status = json.loads(files.must("status.json"))
        self.vkey = vkey or status["editionsVkey"]
        self.election, self.editions_key = open_vkey(self.vkey)
        self.given = vkey is not None
        self.statements = {}

    def attempt(self, check, *arguments):
        """Runs a check; a fault is told and does not keep the next check from running."""
        try:
            return check(*arguments)
        except Fault as fault:
            self.faults.append(fault)
            print(f"FAULT {fault}")
        except (KeyError, TypeError, ValueError, IndexError) as error:
            self.faults.append(error)
            print(f"FAULT {getattr(check, '__name__', check)} {arguments[:1]}: not in the published form: {error!r}")
        return None

    def tell(self, before, what):
        """Says what was checked; `ok` if no fault was found since there were `before`."""
        print(f"{'ok ' if len(self.faults) == before else '   '} {what}")

    def editions(self):
        """The editions, checked one after the other."""
        size, root = checkpoint("checkpoint", self.files.must("checkpoint"), self.vkey)
        previous, time, editions = None, 0, []
        for i, entry in enumerate(Log(self.files, "").check(size, root)):
            statement = Statement(f"edition {i + 1}", entry)
            name = f"{self.election}/k/{hashlib.sha256(self.editions_key).hexdigest()[:16]}"
            statement.note.check(0, name, self.editions_key)
            body = statement.body
            if (statement.type, body["number"], body["previous"]) != ("teguh/edition/v1", i + 1, previous):
                raise Fault(statement.note.path, "does not follow the edition before it")
            if body["time"] < time:
                raise Fault(statement.note.path, "is older than the edition before it")
            previous, time = statement.id, body["time"]
            editions.append(body)
        print(f"ok  {size} edition{'s' if size > 1 else ''}, signed by {self.vkey}")
        return editions

    def one_edition(self, contest):
        """The edition of a file of evidence: alone, with the proof that the log of editions has it."""
        path = f"now/{contest}.json"
        now = json.loads(self.files.must(path))
        proof, _, note = now["proof"].partition("\n\n")
        first, index, *hashes = proof.split("\n")
        size, root = checkpoint(path, note.encode(), self.vkey)
        if first != "c2sp.org/tlog-proof@v1":
            raise Fault(path, "has no proof that an edition is in the log")
        if proves(now["edition"].encode(), int(index.split()[1]), size, hashes) != root:
            raise Fault(path, "the proof does not lead to the root that is signed")
        statement = Statement(path, now["edition"].encode())
        name = f"{self.election}/k/{hashlib.sha256(self.editions_key).hexdigest()[:16]}"
        statement.note.check(0, name, self.editions_key)
        if statement.type != "teguh/edition/v1" or statement.body["number"] != int(index.split()[1]) + 1:
            raise Fault(path, "is not the edition that the proof is about")
        print(f"ok  edition {statement.body['number']} of {size}, signed by {self.vkey}")
        return [statement.body]

    def heads(self, digest):
        """(log, size, root, vkey) of every log of the chosen region, from the tree that the edition names."""
        node = self.files.object(digest)
        for kind in ("pleno", "tps"):
            if node[kind] is not None:
                yield (f"{kind}/{node['region']}", *node[kind][:3])
        for child in node["children"]:
            if not touches(child["region"], self.region):
                continue
            if "hash" in child:
                yield from self.heads(child["hash"])
                continue
            for kind in ("pleno", "tps"):
                if child[kind] is not None:
                    yield (f"{kind}/{child['region']}", *child[kind][:3])

    def log(self, name, size, root, vkey):
        """One log: its own checkpoint, its tiles, and the root that the edition fixes."""
        origin, _ = open_vkey(vkey)
        path = f"log/{name}/checkpoint"
        if origin != f"{self.election}/log/{name}":
            raise Fault(path, f"the heads name the key of {origin}")
        newest, newest_root = checkpoint(path, self.files.must(path), vkey)
        if newest < size:
            raise Fault(path, f"has {newest} entries, the edition has {size}")
        files = Log(self.files, f"log/{name}/")
        entries = files.check(newest, newest_root)
        if root_of([leaf(entry) for entry in entries[:size]]).hex() != root:
            raise Fault(path, f"the first {size} entries have not the root that the edition fixes")
        # A malformed statement is a fault of its own; those after it are read all the same.
        return [self.attempt(Statement, f"log/{name} entry {i}", entry) for i, entry in enumerate(entries[:size])]

    def logs(self, edition):
        keys, heads, before = Keys(), sorted(self.heads(edition["heads"])), len(self.faults)
        for head in heads:
            self.statements[head[0]] = self.attempt(self.log, *head) or []
        everything = [one for statements in self.statements.values() for one in statements if one is not None]
        for statement in everything:
            self.attempt(keys.learn, statement)
        genesis = (self.statements.get("pleno/0") or [None])[0]
        if genesis is None or genesis.type != "teguh/genesis/v1":
            raise Fault("log/pleno/0 entry 0", "is not the genesis")
        if (genesis.body["name"], genesis.body["editions"]) != (self.election, self.editions_key.hex()):
            raise Fault("log/pleno/0 entry 0", "the genesis names another election or another key of editions")
        for statement in everything:
            self.attempt(self.statement, statement, genesis, keys)
        count = len(everything)
        self.tell(before, f"{len(heads)} logs with {count} statements; genesis {genesis.id}")

    def statement(self, statement, genesis, keys):
        if statement is not genesis and statement.body["election"] != genesis.id[:32]:
            raise Fault(statement.note.path, "is of another election")
        keys.check(statement, self.election)

    def results(self, edition, contests):
        for contest in contests:
            tree = Tree(self.files, contest, self.region, self.statements)
            before = len(self.faults)
            self.attempt(tree.walk, edition["results"][contest], "0")
            self.tell(before, f"{contest}: {tree.objects} objects, {tree.stations} rows of stations added up")

    def districts(self, edition, contests):
        """The district objects: the totals of candidates are the sums of the parts."""
        root = self.files.object(edition["districts"])
        count, before = 0, len(self.faults)
        for contest in contests:
            for group in root["contests"].get(contest, {}).values():
                for named in self.files.object(group)["districts"]:
                    self.attempt(self.district, named)
                    count += 1
        self.tell(before, f"{count} districts")

    def district(self, named):
        path, item = object_path(named["hash"]), self.files.object(named["hash"])
        if item["count"] is None:
            return
        votes = [0] * len(item["count"]["votes"])
        for part in item["parts"]:
            own = region_item(self.files, part["hash"])["count"] if part["hash"] else {}
            for entry in own.get("lists", []):
                if entry["district"] == item["district"]:
                    votes = [a + b for a, b in zip(votes, entry["votes"])]
        if votes != item["count"]["votes"]:
            raise Fault(path, f"district {item['district']} is not the sum of its parts")


def region_object(files, digest, region):
    """The object of a region, by the hashes from the nation down; None where nothing was reported."""
    item = region_item(files, digest)
    for length in (2, 4, 6, 10):
        if region == "0" or length > len(region):
            break
        child = next((child for child in item["children"] if child["code"] == region[:length]), None)
        if child is None or child["hash"] is None:
            return None
        item = region_item(files, child["hash"])
    return item


def account(files, editions, contest, region, since):
    """For each choice the five lines between two editions, from two objects, and that no counter has fallen."""

    def counters(edition, book):
        item = edition and region_object(files, edition["results"][contest], region)
        counters = {}
        for entry in item[book].get("lists", []) if item else []:
            ids = [choice["id"] for choice in files.object(entry["names"])["choices"]]
            raised, removed = (sparse(entry[key], len(ids)) for key in ("raised", "removed"))
            for i, name in enumerate(ids):
                counters[entry["district"], name] = (entry["votes"][i] - raised[i] + removed[i], raised[i], removed[i])
        return counters

    print(f"account of {contest} in {region}, edition {since} to {editions[-1]['number']}")
    for book in ("count", "recap"):
        before = counters(editions[since - 1] if since else None, book)
        for key, now in counters(editions[-1], book).items():
            then = before.get(key, (0, 0, 0))
            first, raised, removed = (after - was for after, was in zip(now, then))
            if min(first, raised, removed) < 0:
                raise Fault(f"{book} {key[1]}", "a counter has fallen between the two editions")
            opening = then[0] + then[1] - then[2]
            print(f"    {book:5} {key[1]:24} opening {opening:>11} first {first:>11} raised {raised:>9} "
                  f"removed {removed:>9} closing {opening + first + raised - removed:>11}")


def receipt(audit, path, edition):
    """Is what a receipt promises in the log?"""
    with open(path, "rb") as file:
        statement = Statement(path, file.read())
    body = statement.body
    head = next((head for head in audit.heads(edition["heads"]) if head[0] == body.get("log")), None)
    if statement.type != "teguh/receipt/v1" or head is None:
        raise Fault(path, "is not a receipt for a log of this election")
    statement.note.check(0, *open_vkey(head[3]))
    entries = audit.statements[body["log"]]
    if "index" not in body or body["index"] >= len(entries):
        raise Fault(path, "promises an entry that no edition has yet")
    entry = entries[body["index"]]
    if entry is None or entry.id != body["id"]:
        raise Fault(path, f"entry {body['index']} of {body['log']} is another statement")
    print(f"ok  receipt: entry {body['index']} of {body['log']} is what was promised")


def main():
    parser = argparse.ArgumentParser(description="Checks a published election.")
    parser.add_argument("where", help="a data folder, a public folder or a web address")
    parser.add_argument("--key", help="vkey of the editions log, from somewhere you trust")
    parser.add_argument("--contest", help="only this contest")
    parser.add_argument("--region", default="0", help="only this region, what is in it and what is above it")
    parser.add_argument("--account", action="store_true", help="print the account of the region")
    parser.add_argument("--from", dest="since", type=int, default=0, help="edition with which the account opens")
    parser.add_argument("--receipt", help="also check this receipt")
    parser.add_argument("--bundle", action="store_true",
                        help="a file of evidence: one edition of one contest in one region, with what is behind it")
    options = parser.parse_args()
    if options.bundle and not options.contest:
        parser.error("--bundle needs --contest and --region, as the file of evidence says")
    try:
        audit = Audit(Files(options.where), options.key, options.region)
    except (Fault, OSError, ValueError, KeyError) as error:
        print(f"could not run: {error}", file=sys.stderr)
        return 2
    editions = audit.attempt(audit.one_edition, options.contest) if options.bundle else audit.attempt(audit.editions)
    if editions:
        newest = editions[-1]
        contests = [options.contest] if options.contest else sorted(newest["results"])
        audit.attempt(audit.logs, newest)
        audit.attempt(audit.results, newest, contests)
        if options.region == "0" and not options.bundle:
            audit.attempt(audit.districts, newest, contests)
        if options.account:
            for contest in contests:
                audit.attempt(account, audit.files, editions, contest, options.region, options.since)
        if options.receipt:
            audit.attempt(receipt, audit, options.receipt, newest)
        if not audit.faults:
            print(f"HOLDS edition {newest['number']}, time {newest['time']}")
    if not audit.given:
        print(f"The key is the one that this publication itself names. Compare it with one you trust: {audit.vkey}")
    return 1 if audit.faults else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as error:
        print(f"could not run: {error}", file=sys.stderr)
        sys.exit(2)
