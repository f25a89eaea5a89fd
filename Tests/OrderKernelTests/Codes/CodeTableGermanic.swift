extension CodeRow {
    /// Messages in Germanic languages.
    static let germanic: [CodeRow] = [
        CodeRow("de", "Ihr Bestätigungscode lautet 583920", "583920"),
        CodeRow("de", "Dein Code ist 583 920. Gib ihn nicht weiter.", "583920"),
        CodeRow("de", "583920 ist dein WhatsApp-Code", "583920"),
        CodeRow("de", "G-583920 ist dein Google-Bestätigungscode.", "583920"),
        CodeRow("de", "Ihre PIN: 4417. Gültig für 10 Minuten.", "4417"),
        CodeRow("de", "Ihr Sicherheitscode für die Anmeldung: 583920", "583920"),
        CodeRow("de", "Die mTAN für Ihre Überweisung über 1.200,00 EUR lautet: 583920", "583920"),
        CodeRow("de", "Ihr Einmalpasswort lautet 583920.", "583920"),
        CodeRow(
            "de",
            """
            Verifizierungscode 583920 - bitte innerhalb von 300 Sekunden eingeben
            """,
            "583920"
        ),
        CodeRow("nl", "Je verificatiecode is 583920", "583920"),
        CodeRow("nl", "Uw inlogcode: 583920. Deel deze code met niemand.", "583920"),
        CodeRow("nl", "Gebruik 4417 om je telefoonnummer te bevestigen", "4417"),
        CodeRow("nl", "583 920 is je Instagram-code. Deel deze niet.", "583920"),
        CodeRow("sv", "Din verifieringskod är 583920", "583920"),
        CodeRow("sv", "583920 är din kod för Facebook", "583920"),
        CodeRow("sv", "Din engångskod: 4417. Giltig i 10 minuter.", "4417"),
        CodeRow("sv", "Ange bekräftelsekoden 583920 för att logga in", "583920"),
        CodeRow("da", "Din bekræftelseskode er 583920", "583920"),
        CodeRow("da", "Engangskode: 4417", "4417"),
        CodeRow("nb", "Din bekreftelseskode er 583920", "583920"),
        CodeRow("nb", "583 920 er Instagram-koden din", "583920"),
        CodeRow("is", "Staðfestingarkóðinn þinn er 583920", "583920"),
        CodeRow("af", "Jou verifikasiekode is 583920", "583920"),
    ]
}
