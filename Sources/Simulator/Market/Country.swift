/// A country with the names that the providers give it.
struct Country: Sendable, Equatable {
    let iso: String
    /// The number in sms-activate's list, which LegitSMS and SMSCode use.
    let number: Int
    let name: String
    let russianName: String
    let prefix: String
    /// A phone number without `+`; each `#` becomes a digit.
    let phonePattern: String
    let operators: [String]
    let surchargeCents: Int64

    static let all = [
        Country(
            iso: "RU", number: 0, name: "Russia", russianName: "Россия", prefix: "+7",
            phonePattern: "79#########", operators: ["mts", "beeline", "megafon", "tele2"],
            surchargeCents: -10
        ),
        Country(
            iso: "ID", number: 6, name: "Indonesia", russianName: "Индонезия", prefix: "+62",
            phonePattern: "62812########",
            operators: ["telkomsel", "indosat", "axis", "three", "smartfren"], surchargeCents: 0
        ),
        Country(
            iso: "GB", number: 16, name: "United Kingdom", russianName: "Англия", prefix: "+44",
            phonePattern: "447#########", operators: ["ee", "o2", "three", "vodafone"],
            surchargeCents: 20
        ),
        Country(
            iso: "DE", number: 43, name: "Germany", russianName: "Германия", prefix: "+49",
            phonePattern: "49151########", operators: [], surchargeCents: 40
        ),
        Country(
            iso: "US", number: 187, name: "United States", russianName: "США", prefix: "+1",
            phonePattern: "1202555####", operators: ["att", "tmobile", "verizon"],
            surchargeCents: 35
        ),
    ]

    func phone(using generator: inout SeededGenerator) -> String {
        String(
            phonePattern.map { character in
                character == "#" ? Character(generator.digits(count: 1)) : character
            }
        )
    }
}
