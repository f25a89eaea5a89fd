import Testing

@testable import Definitions

struct CountryNameTests {
    @Test(arguments: [
        ("USA", "US"), ("United States of America", "US"), ("the united states", "US"),
        ("U.S.A.", "US"), ("USA (virtual)", "US"), ("England", "GB"), ("Great Britain", "GB"),
        ("UK", "GB"), ("united_kingdom", "GB"), ("South Korea", "KR"), ("Southkorea", "KR"),
        ("Republic of Korea", "KR"), ("Korea, Republic of", "KR"), ("North Korea", "KP"),
        ("Ivory Coast", "CI"), ("cote d`ivoire", "CI"), ("CÔTE D'IVOIRE", "CI"), ("Czech", "CZ"),
        ("Czech Republic", "CZ"), ("Czechia", "CZ"), ("UAE", "AE"), ("Hong Kong", "HK"),
        ("HongKong", "HK"), ("Vietnam", "VN"), ("Viet Nam", "VN"), ("Việt Nam", "VN"),
        ("Russia", "RU"), ("Russian Federation", "RU"), ("Turkey", "TR"), ("Türkiye", "TR"),
        ("turkiye", "TR"), ("Lao People`s", "LA"), ("Moldova, Republic of", "MD"),
        ("Republic of the Philippines", "PH"), ("The Gambia", "GM"), ("Gambia, The", "GM"),
        ("Republic of Ireland", "IE"), ("St. Lucia", "LC"), ("St Vincent & the Grenadines", "VC"),
        ("Saint Barthelemy", "BL"), ("Bosnia & Herzegovina", "BA"), ("Curacao", "CW"),
        ("Sao Tome and Principe", "ST"), ("Macedonia", "MK"), ("Swaziland", "SZ"),
        ("Burma", "MM"), ("Papua new gvineya", "PG"), ("deu", "DE"), ("gb", "GB"),
    ])
    func `a country is found by what providers call it`(text: String, alpha2: String) {
        #expect(CountryTable.country(named: text)?.alpha2 == alpha2)
    }

    @Test(arguments: [
        ("Congo", "CG"), ("Republic of the Congo", "CG"), ("Congo, Republic of the", "CG"),
        ("DR Congo", "CD"), ("DCongo", "CD"), ("Democratic Republic of the Congo", "CD"),
        ("Congo (Dem. Republic)", "CD"), ("Congo, Democratic Republic of the", "CD"),
        ("Dominica", "DM"), ("Dominican Republic", "DO"), ("Niger", "NE"), ("Nigeria", "NG"),
        ("Guinea", "GN"), ("Guinea-Bissau", "GW"), ("Equatorial Guinea", "GQ"),
        ("Samoa", "WS"), ("American Samoa", "AS"), ("Sudan", "SD"), ("South Sudan", "SS"),
        ("China", "CN"), ("People's Republic of China", "CN"), ("Republic of China", "TW"),
        ("Saint Martin", "MF"), ("Sint Maarten", "SX"), ("Ireland", "IE"), ("India", "IN"),
    ])
    func `countries with similar names are told apart`(text: String, alpha2: String) {
        #expect(CountryTable.country(named: text)?.alpha2 == alpha2)
    }

    @Test(arguments: ["", "the", "republic of", "Atlantis", "United", "???", "=6"])
    func `what names no country is not found`(text: String) {
        #expect(CountryTable.country(named: text) == nil)
    }

    @Test(arguments: [
        ("Indonesa", "ID"), ("Phillipine", "PH"), ("untied kingdom", "GB"), ("Germnay", "DE"),
        ("Brasil", "BR"), ("kazahstan", "KZ"), ("Republik of Korea", "KR"), ("uni", "US"),
    ])
    func `a mistyped country suggests the one that was meant`(text: String, alpha2: String) {
        #expect(CountryTable.nearest(to: text, limit: 3).first?.alpha2 == alpha2)
    }

    @Test func `a country is suggested once though several of its names are near`() {
        let codes = CountryTable.nearest(to: "Unted States", limit: 5).map(\.alpha2)
        #expect(codes.filter { $0 == "US" }.count == 1)
        #expect(CountryTable.nearest(to: "uni", limit: 2).count == 2)
    }

    @Test(arguments: ["", "q", "qqqqqqqq", "whatsapp"])
    func `nothing is suggested when nothing is near`(text: String) {
        #expect(CountryTable.nearest(to: text, limit: 3).isEmpty)
    }

    @Test(arguments: [
        "", "DE", "DE|DEU|49|43", "D|DEU|49|43|Germany", "DE|DEUX|49|43|Germany",
        "DE|DEU|+49|43|Germany", "DE|DEU|49|x|Germany", "DE|DEU|49|43|", "de|deu|49|43|Germany",
        "DE|DEU|49|43|Germany|more",
    ])
    func `a malformed row is reported and left out`(row: String) {
        let content = CountryTable.read(rows: [row, "FR|FRA|33|78|France"], names: ["FR|Gaul"])
        #expect(content.countries.map(\.name) == ["France"])
        #expect(content.countries.first?.otherNames == ["Gaul"])
        #expect(content.unreadable == [row])
    }

    @Test func `names of an unknown country and malformed names are reported`() {
        let rows = ["FR|FRA|33||France"]
        let content = CountryTable.read(rows: rows, names: ["XX|Nowhere", "FR", "FR|A;B", "FR|C"])
        #expect(content.unreadable == ["FR", "XX"])
        #expect(content.countries.first?.otherNames == ["A", "B", "C"])
        #expect(content.countries.first?.smsActivate == [])
    }
}
