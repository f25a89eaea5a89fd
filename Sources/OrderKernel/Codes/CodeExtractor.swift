/// Takes the one-time code out of the text of a message.
///
/// The text is brought to one form (ASCII digits, one kind of dash and of space, no accents),
/// the numbers in it are collected, those that are plainly something else (prices, dates, phone
/// numbers, durations, links) are dropped, and the rest is weighed by the distance to words such
/// as "code", "OTP" or "verification" in the languages of ``CodeVocabulary``. A message whose
/// last line is `@example.com #583920` names its code itself, and that one wins.
public enum CodeExtractor {
    /// The code a reader would type in, or nil when the text holds no plausible one.
    ///
    /// Digits come back as ASCII digits, without the separators inside the code; codes with
    /// letters keep them as written. The work grows in proportion to the length of the text.
    /// - Parameters:
    ///   - text: the whole message.
    ///   - service: the name or slug of the expected sender; a number near it is preferred.
    public static func code(in text: String, service: String? = nil) -> String? {
        let message = CodeText(text)
        if let code = DomainBoundCode.find(in: message) {
            return code
        }
        let marks = CodeMarks(in: message, service: service)
        let noise = CodeNoise.mask(of: message)
        let candidates = CodeCandidateScanner(message: message, marks: marks, noise: noise).scan()
        return CodeJudge(message: message, marks: marks).best(of: candidates)
    }
}
