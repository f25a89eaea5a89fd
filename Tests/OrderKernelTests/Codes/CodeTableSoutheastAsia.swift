extension CodeRow {
    /// Messages in languages of Southeast Asia.
    static let southeastAsia: [CodeRow] = [
        CodeRow("id", "Kode verifikasi Anda adalah 583920", "583920"),
        CodeRow("id", "JANGAN BERIKAN KODE INI KE SIAPAPUN. Kode OTP: 583920", "583920"),
        CodeRow("id", "4417 adalah kode Gojek Anda. Berlaku 5 menit.", "4417"),
        CodeRow("id", "Kata sandi sekali pakai 583920, saldo Rp15.000", "583920"),
        CodeRow("ms", "Kod pengesahan anda ialah 583920", "583920"),
        CodeRow("ms", "RM0 TAC 583920 untuk pindahan RM 1500", "583920"),
        CodeRow("vi", "Mã xác minh của bạn là 583920", "583920"),
        CodeRow("vi", "Ma xac thuc OTP cua ban la 583920. Hieu luc 5 phut.", "583920"),
        CodeRow("vi", "4417 là mã Zalo của bạn. Không chia sẻ mã.", "4417"),
        CodeRow("vi", "Mã: 583 920, số tiền 150.000đ", "583920"),
        CodeRow("vi", "Mật khẩu một lần: 583920, hết hạn sau 300 giây", "583920"),
        CodeRow("th", "รหัสยืนยันของคุณคือ 583920", "583920"),
        CodeRow("th", "รหัส OTP คือ ๕๘๓๙๒๐ (Ref: 4821) หมดอายุใน 5 นาที", "583920"),
        CodeRow("th", "4417 เป็นรหัสของคุณ อย่าบอกใคร", "4417"),
        CodeRow("th", "OTP=583920 รหัสอ้างอิง 482100 ยอด 1,500 บาท", "583920"),
        CodeRow("fil", "Ang iyong code ay 583920. Huwag ibahagi.", "583920"),
        CodeRow("km", "លេខកូដរបស់អ្នកគឺ 583920", "583920"),
        CodeRow("my", "သင့်အတည်ပြုကုဒ်မှာ ၅၈၃၉၂၀ ဖြစ်သည်", "583920"),
        CodeRow("lo", "ລະຫັດຂອງທ່ານແມ່ນ 583920", "583920"),
    ]
}
