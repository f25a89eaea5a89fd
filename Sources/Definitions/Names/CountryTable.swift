/// The countries that callers can name, and the ways providers name them.
package enum CountryTable {
    /// Every country of ISO 3166-1 and Kosovo, by alpha-2 code.
    package static let all: [Country] = content.countries

    /// Rows that could not be read, which a test keeps empty.
    static let unreadableRows: [String] = content.unreadable

    /// The country with an alpha-2 code, in upper or lower case.
    package static func country(alpha2: String) -> Country? {
        byAlpha2[alpha2.uppercased()]
    }

    /// The country that `text` names: one of its names, or its alpha-2 or alpha-3 code.
    ///
    /// Case, accents, punctuation, "the" and "republic of" do not matter, and "St." is "Saint".
    package static func country(named text: String) -> Country? {
        let words = words(of: text)
        return byName[NameKey(words: words)] ?? byName[NameKey(words: withoutRepublic(words))]
    }

    /// The country with a number of the sms-activate API.
    package static func country(smsActivate id: String) -> Country? {
        bySmsActivate[id]
    }

    /// The countries with a name near `text`, nearest first; empty when none is near.
    package static func nearest(to text: String, limit: Int) -> [Country] {
        NearestNames.elements(
            near: NameKey(words: words(of: text)), among: nameEntries, limit: limit
        )
    }

    /// Reads the rows of the table and of the names that go with it.
    static func read(
        rows: [String],
        names: [String]
    ) -> (countries: [Country], unreadable: [String]) {
        var unreadable: [String] = []
        var otherNames: [String: [String]] = [:]
        for row in names {
            let columns = TableText.columns(of: row)
            if columns.count == 2 {
                otherNames[columns[0], default: []] += TableText.list(columns[1], separator: ";")
            } else {
                unreadable.append(row)
            }
        }
        var countries: [Country] = []
        for row in rows {
            if let country = Country(row: row, otherNames: otherNames) {
                countries.append(country)
            } else {
                unreadable.append(row)
            }
        }
        let known = Set(countries.map(\.alpha2))
        unreadable += otherNames.keys.filter { !known.contains($0) }.sorted()
        return (countries, unreadable)
    }

    /// The words of a country's name that tell it from others.
    static func words(of text: String) -> [String] {
        let words = NameKey.words(of: text).filter { $0 != "the" }
        // On its own "ST" is the code of São Tomé and Príncipe.
        return words.count < 2 ? words : words.map { $0 == "st" ? "saint" : $0 }
    }
}

extension CountryTable {
    private static let content = read(
        rows: TableText.lines(of: [codesAToK, codesLToZ]),
        names: TableText.lines(of: [namesAToK, namesLToZ])
    )

    private static let byAlpha2 = Dictionary(
        all.map { ($0.alpha2, $0) }, uniquingKeysWith: { first, _ in first }
    )

    private static let bySmsActivate = Dictionary(
        all.flatMap { country in country.smsActivate.map { ($0, country) } },
        uniquingKeysWith: { first, _ in first }
    )

    private static let nameEntries: [(key: NameKey, element: Country)] = all.flatMap { country in
        ([country.name] + country.otherNames).map {
            (NameKey(words: words(of: $0)), country)
        }
    }

    private static let byName: [NameKey: Country] = {
        let codes = all.flatMap { country in
            [country.alpha2, country.alpha3].map { (NameKey($0), country) }
        }
        let names = nameEntries.map { ($0.key, $0.element) }
        return Dictionary(codes + names, uniquingKeysWith: { first, _ in first })
    }()

    private static func withoutRepublic(_ words: [String]) -> [String] {
        var kept: [String] = []
        for word in words {
            if word == "of", kept.last == "republic" {
                kept.removeLast()
            } else {
                kept.append(word)
            }
        }
        return kept
    }
}
