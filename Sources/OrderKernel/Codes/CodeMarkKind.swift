/// What a word of the message says about the numbers beside it.
enum CodeMarkKind: Int, CaseIterable {
    /// A one-time code beyond doubt: "OTP", "verification code".
    case certain
    /// A code, a PIN or a password of some kind.
    case code
    /// What a code is for: confirming, signing in.
    case hint
    /// The name of the expected sender.
    case service
    /// A "code" that is none of ours: promo code, zip code. Counts as `reference` too.
    case otherCode
    /// What has been done already, "confirmed", and so is no `hint`.
    case settled
    /// Joins a code and its word: "is", "lautet", "是".
    case link
    /// The number that follows identifies an order, an account, a parcel.
    case reference
    /// The same, when the word comes after the number.
    case referenceAfter
    /// The last digits of a card follow.
    case card
    /// A phone number to call follows.
    case phone
    /// A number to write to follows.
    case reply
    /// A sum of money follows.
    case amount
    case currency
    /// A unit of time or of quantity.
    case unit
    /// A unit or an ending when nothing stands between it and the number.
    case suffix
    /// A time, a place or a sender follows directly: "until 2359", "at 1430".
    case place
    /// The number before is a year.
    case year
    /// The code that follows is the new one.
    case fresh
    /// The code that follows is not valid any more.
    case former
    /// The code before is not valid any more.
    case lapsed
    /// The message sells something.
    case promotion

    /// The kinds that make a number near them a code.
    static let words: [CodeMarkKind] = [.certain, .code, .hint]

    /// Whether the words that speak of codes say nothing within a phrase of this kind.
    var isBlocking: Bool { self == .otherCode || self == .settled }
}
