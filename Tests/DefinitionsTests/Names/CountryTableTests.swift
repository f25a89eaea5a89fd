import Testing

@testable import Definitions

struct CountryTableTests {
    @Test func `every row can be read`() {
        #expect(CountryTable.unreadableRows.isEmpty)
    }

    @Test func `every country of ISO 3166 and Kosovo is there once`() {
        #expect(CountryTable.all.count == 250)
        #expect(Set(CountryTable.all.map(\.alpha2)).count == 250)
        #expect(Set(CountryTable.all.map(\.alpha3)).count == 250)
    }

    @Test func `every sms-activate number belongs to one country`() {
        let numbers = CountryTable.all.flatMap(\.smsActivate)
        #expect(Set(numbers).count == numbers.count)
        #expect(numbers.count > 190)
        for country in CountryTable.all {
            for number in country.smsActivate {
                #expect(CountryTable.country(smsActivate: number) == country)
            }
        }
    }

    @Test func `every calling code has one to three digits where people live`() {
        for country in CountryTable.all {
            let uninhabited = ["BV", "HM"].contains(country.alpha2)
            #expect((1...3).contains(country.prefix.count) != uninhabited, "\(country.alpha2)")
        }
    }

    @Test func `every name and code leads back to its country and to no other`() {
        var owners: [NameKey: String] = [:]
        for country in CountryTable.all {
            let names = [country.alpha2, country.alpha3, country.name] + country.otherNames
            for name in names {
                #expect(CountryTable.country(named: name) == country, "\(name)")
                let key = NameKey(words: CountryTable.words(of: name))
                #expect(owners[key, default: country.alpha2] == country.alpha2, "\(name)")
                owners[key] = country.alpha2
            }
        }
    }

    @Test(arguments: ["US", "us", "uS"])
    func `an alpha-2 code is found in either case`(code: String) throws {
        let country = try #require(CountryTable.country(alpha2: code))
        #expect(country.name == "United States")
        #expect(country.alpha3 == "USA")
        #expect(country.prefix == "1")
    }

    @Test(arguments: ["UK", "USA", "", "ZZ", "1"])
    func `what is no alpha-2 code is not found as one`(code: String) {
        #expect(CountryTable.country(alpha2: code) == nil)
    }

    @Test(arguments: [
        ("0", "RU"), ("1", "UA"), ("2", "KZ"), ("3", "CN"), ("4", "PH"), ("5", "MM"), ("6", "ID"),
        ("7", "MY"), ("10", "VN"), ("12", "US"), ("16", "GB"), ("18", "CD"), ("22", "IN"),
        ("43", "DE"), ("62", "TR"), ("73", "BR"), ("78", "FR"), ("150", "CG"), ("182", "JP"),
        ("187", "US"), ("190", "KR"), ("196", "SG"), ("203", "XK"),
    ])
    func `an sms-activate number is found`(number: String, alpha2: String) {
        #expect(CountryTable.country(smsActivate: number)?.alpha2 == alpha2)
    }

    @Test(arguments: ["", "200", "1001", "06", "x"])
    func `an unknown sms-activate number is not found`(number: String) {
        #expect(CountryTable.country(smsActivate: number) == nil)
    }

    @Test func `the number of real phones is preferred for the United States`() {
        #expect(CountryTable.country(alpha2: "US")?.smsActivate == ["187", "12"])
    }
}
