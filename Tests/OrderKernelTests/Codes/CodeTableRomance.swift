extension CodeRow {
    /// Messages in Romance languages.
    static let romance: [CodeRow] = [
        CodeRow("es", "Tu código de verificación es 583920", "583920"),
        CodeRow("es", "583920 es tu código de WhatsApp. No lo compartas.", "583920"),
        CodeRow("es", "Codigo: 583-920. Caduca en 10 minutos", "583920"),
        CodeRow("es", "Su clave de un solo uso es 7719", "7719"),
        CodeRow("es", "Usa el PIN 7719 para confirmar tu número", "7719"),
        CodeRow("es", "Código de Telegram: 40281", "40281"),
        CodeRow("es", "G-583920 es tu código de verificación de Google.", "583920"),
        CodeRow("es", "Tu contraseña temporal es 583920. No la compartas con nadie.", "583920"),
        CodeRow("pt", "Seu código de verificação é 583920", "583920"),
        CodeRow("pt", "583920 é o seu código do WhatsApp. Não o partilhe.", "583920"),
        CodeRow(
            "pt",
            """
            Use o código 4417 para confirmar o seu telefone. Válido por 5 minutos.
            """,
            "4417"
        ),
        CodeRow("pt", "Sua senha temporária: 583920", "583920"),
        CodeRow("pt", "O token de acesso e 583920. Valor R$ 1.500,00", "583920"),
        CodeRow("fr", "Votre code de vérification est 583920", "583920"),
        CodeRow("fr", "583 920 est votre code de confirmation Instagram", "583920"),
        CodeRow("fr", "Votre code confidentiel : 4417. Ne le communiquez à personne.", "4417"),
        CodeRow(
            "fr",
            """
            Mot de passe à usage unique : 583920, valable 5 min. STOP au 36111
            """,
            "583920"
        ),
        CodeRow("fr", "Code d’activation : 583920", "583920"),
        CodeRow("fr", "Bonjour, voici votre code Leboncoin 71204 (valable 15 minutes)", "71204"),
        CodeRow("it", "Il tuo codice di verifica è 583920", "583920"),
        CodeRow("it", "583920 è il tuo codice di conferma per Facebook", "583920"),
        CodeRow("it", "Codice OTP: 4417. Non condividerlo.", "4417"),
        CodeRow("it", "Inserisci 583920 per confermare il pagamento di 120,50 EUR", "583920"),
        CodeRow("ro", "Codul tău de verificare este 583920", "583920"),
        CodeRow("ro", "Cod de confirmare: 4417. Expiră în 10 minute.", "4417"),
        CodeRow("ro", "583920 este codul tău WhatsApp", "583920"),
        CodeRow("ca", "El teu codi de verificació és 583920", "583920"),
        CodeRow("gl", "O teu código de verificación é 583920", "583920"),
    ]
}
